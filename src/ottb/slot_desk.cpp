#include "ottb/slot_desk.hpp"

#include "ottb/hub_news.hpp"
#include "ottb/slot_credentials.hpp"

namespace vss::ottb {

namespace {

constexpr milliseconds hub_answers_within{2000};

std::vector<net::step> attribute_steps(const std::string& number, const std::string& verb, const std::string& reason) {
  std::vector<net::step> out;
  if (verb == "drain" || verb == "undrain") out.push_back(slot_store::drain(number, verb == "drain"));
  if (verb == "lock" || verb == "unlock") out.push_back(slot_store::lock(number, verb == "lock", reason));
  if (verb == "clear") out.push_back(slot_store::release(number));
  return out;
}

}  // namespace

slot_desk::slot_desk(net::pg_pool& db, command_desk& commands, const point::vault& vault, random_source& random,
                     slot_site site)
    : db_(db), commands_(commands), vault_(vault), random_(random), site_(std::move(site)), store_(db) {}

task<result<net::reply<slot_view>>> slot_desk::get(net::call asked) {
  auto found = co_await store_.find(asked.path["number"]);
  if (!found) co_return fail(std::move(found.error()));
  net::reply<slot_view> out{std::move(found->view)};
  out.version = std::move(found->version);
  co_return out;
}

task<result<slot_page>> slot_desk::list(net::call asked) {
  auto query = parse_slot_query(asked.query["q"]);
  if (!query) co_return fail(std::move(query.error()));
  auto wish = page_of(asked);
  co_return co_await store_.list(std::move(*query), std::move(wish));
}

task<result<slot_timeline>> slot_desk::timeline(net::call asked) {
  auto found = co_await store_.find(asked.path["number"]);
  if (!found) co_return fail(std::move(found.error()));
  auto wish = page_of(asked);
  co_return co_await store_.timeline(asked.path["number"], std::move(wish));
}

task<result<net::reply<command_view>>> slot_desk::send(net::call asked, std::string verb, std::string reason,
                                                       dto::json::object args) {
  auto found = co_await store_.find(asked.path["number"]);
  if (!found) co_return fail(std::move(found.error()));
  if (found->view.retired) co_return fail(errc::conflict, "the slot is retired");
  const auto& number = found->view.number;
  command_order what{found->view.hub_id, number, verb, std::move(args), {}, asked.who.id, reason, asked.story.id};
  auto steps = attribute_steps(number, verb, reason);
  auto done = co_await commands_.ask(std::move(what), std::move(steps), hub_answers_within);
  if (!done) co_return fail(std::move(done.error()));
  net::reply<command_view> out{std::move(*done)};
  out.status = out.body.done_at ? 200 : 202;
  out.location = "/ottb/commands/" + out.body.id;
  co_return out;
}

task<result<net::reply<command_view>>> slot_desk::order(net::call asked, slot_reason why, std::string verb) {
  co_return co_await send(std::move(asked), std::move(verb), std::move(why.reason), {});
}

task<result<net::reply<command_view>>> slot_desk::dial(net::call asked, slot_dial wish) {
  dto::json::object args;
  args["to"] = wish.to;
  co_return co_await send(std::move(asked), "dial", "test call", std::move(args));
}

task<result<net::reply<command_view>>> slot_desk::dtmf(net::call asked, slot_dtmf wish) {
  dto::json::object args;
  args["digits"] = wish.digits;
  co_return co_await send(std::move(asked), "dtmf", "test call", std::move(args));
}

task<result<command_view>> slot_desk::command(net::call asked) {
  co_return co_await commands_.find(asked.path["command"]);
}

task<result<net::reply<slot_view>>> slot_desk::swap(net::call asked, slot_swap wish) {
  const auto number = asked.path["number"];
  const auto version = asked.if_match.value_or("");
  auto done = co_await store_.swap(number, version, wish.device);
  if (!done) co_return fail(std::move(done.error()));
  co_return co_await get(std::move(asked));
}

task<result<net::nothing>> slot_desk::retire(net::call asked) {
  auto done = co_await store_.retire(asked.path["number"], asked.if_match.value_or(""));
  if (!done) co_return fail(std::move(done.error()));
  co_return net::nothing{};
}

task<result<slot_credentials_view>> slot_desk::credentials(net::call asked) {
  const auto number = asked.path["number"];
  auto sealed = co_await store_.sealed_password(number);
  if (!sealed) co_return fail(std::move(sealed.error()));
  auto opened = vault_.open_site(sip_password_place(number), *sealed);
  if (!opened) co_return fail(std::move(opened.error()));
  co_return slot_credentials_view{number, site_.realm, site_.proxy, number, opened->reveal()};
}

task<result<slot_credentials_view>> slot_desk::renew_credentials(net::call asked) {
  const auto number = asked.path["number"];
  auto found = co_await store_.find(number);
  if (!found) co_return fail(std::move(found.error()));
  if (found->view.retired) co_return fail(errc::conflict, "the slot is retired");
  const auto made = make_credentials(number, site_.realm, random_, vault_);
  std::vector<net::step> steps;
  steps.push_back(slot_store::credentials(number, made.sealed, made.ha1));
  steps.push_back(config_changed(found->view.hub_id));
  steps.push_back(edge_changed());
  auto done = co_await db_.pipeline(std::move(steps));
  if (!done) co_return fail(std::move(done.error()));
  co_return slot_credentials_view{number, site_.realm, site_.proxy, number, made.password.reveal()};
}

}  // namespace vss::ottb
