#include "ottb/attempt_desk.hpp"

#include "ottb/lead_seal.hpp"
#include "ottb/phone.hpp"

namespace vss::ottb {

namespace {

constexpr milliseconds hub_answers_within{2000};

std::string no_call(const attempt_place& place) {
  if (place.state == "queued" || place.state == "permitted")
    return "nothing is dialled yet: pause or stop the campaign to take the attempt back";
  const std::string when = place.ended_at ? " since " + to_text(*place.ended_at) : "";
  return "the call is over" + when + ": there is nothing to hang up, its story says how it ended";
}

}  // namespace

attempt_desk::attempt_desk(net::pg_pool& db, point::vault& vault, const clock& time, random_source& random,
                           command_desk& commands, call_sides_fn record)
    : store_(db),
      searches_(db),
      vault_(vault),
      time_(time),
      random_(random),
      commands_(commands),
      record_(std::move(record)) {}

task<result<attempt_page>> attempt_desk::list(attempt_filter filter) {
  const auto limit = static_cast<std::size_t>(filter.limit);
  auto rows = co_await store_.list(std::move(filter));
  if (!rows) co_return fail(std::move(rows.error()));
  attempt_page out{std::move(*rows), {}};
  if (out.items.size() == limit) out.next = out.items.back().id;
  co_return out;
}

task<result<attempt_story>> attempt_desk::story(std::string id) {
  auto stored = co_await store_.story(id);
  if (!stored) co_return fail(std::move(stored.error()));
  auto& story = stored->story;
  auto number = co_await vault_.open(stored->index, phone_place(story.attempt.campaign, stored->index), stored->phone);
  if (!number && number.error().kind == errc::unavailable) co_return fail(std::move(number.error()));
  story.number = number ? masked(e164(std::move(*number))) : std::string("erased");
  if (record_) {
    auto record = co_await record_(id);
    if (!record) co_return fail(std::move(record.error()));
    story.record = std::move(*record);
  }
  story.ladder = ladder_of(story.attempt, story.permits, story.record);
  story.can_hang_up = is_live_call(story.attempt.state);
  co_return std::move(story);
}

task<result<std::string>> attempt_desk::search(e164 number, std::string by) {
  std::string id = make_uuid(time_, random_);
  auto kept = co_await searches_.add_search(id, vault_.blind_index(number), std::move(by));
  if (!kept) co_return fail(std::move(kept.error()));
  co_return id;
}

task<result<attempt_page>> attempt_desk::found(std::string search, std::string by, std::string after, int limit) {
  auto index = co_await searches_.search(std::move(search), std::move(by));
  if (!index) co_return fail(std::move(index.error()));
  attempt_filter filter;
  filter.index = std::move(*index);
  filter.newest_first = true;
  filter.after = std::move(after);
  filter.limit = limit;
  co_return co_await list(std::move(filter));
}

task<result<net::reply<command_view>>> attempt_desk::hang_up(net::call asked, std::string reason) {
  auto place = co_await store_.place(asked.path.at("attempt"));
  if (!place) co_return fail(std::move(place.error()));
  if (!is_live_call(place->state)) co_return fail(errc::conflict, no_call(*place));
  command_order what{place->hub,   place->slot,  "hangup",          {},
                     place->epoch, asked.who.id, std::move(reason), place->trail};
  std::vector<net::step> nothing_besides;
  auto done = co_await commands_.ask(std::move(what), std::move(nothing_besides), hub_answers_within);
  if (!done) co_return fail(std::move(done.error()));
  net::reply<command_view> out{std::move(*done)};
  out.status = out.body.done_at ? 200 : 202;
  out.location = "/ottb/commands/" + out.body.id;
  co_return out;
}

}  // namespace vss::ottb
