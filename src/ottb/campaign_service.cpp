#include "ottb/campaign_service.hpp"

#include "base/log.hpp"

namespace vss::ottb {

campaign_service::campaign_service(net::pg_pool& db, const clock& time, random_source& random, profile_cache& profiles)
    : store_(db), time_(time), random_(random), profiles_(profiles) {}

// The default profile is the strictest one that every installation has.
task<result<campaign_input>> campaign_service::complete(campaign_input input) {
  if (!input.profile) {
    auto strict = co_await store_.newest(document_kind::profile, "strict");
    if (!strict) co_return fail(std::move(strict.error()));
    input.profile = strict->id;
  }
  auto rules = co_await profiles_.get(*input.profile);
  if (!rules && rules.error().kind == errc::not_found) co_return invalid("/profile", "no such profile");
  if (!rules) co_return fail(std::move(rules.error()));
  if (auto ok = check(input, !(*rules)->hours.windows.empty()); !ok) co_return fail(std::move(ok.error()));
  co_return input;
}

namespace {

// The constraint's name says which of the things that a campaign refers to is not there.
error explained(error what) {
  if (what.kind != errc::conflict) return what;
  const auto& why = what.message;
  const auto names = [&why](std::string_view part) { return why.find(part) != std::string::npos; };
  if (names("flow")) return {errc::invalid, "the input is not valid", {{"/flow", "no such flow"}}};
  if (names("caller")) return {errc::invalid, "the input is not valid", {{"/caller_id", "not one of our caller IDs"}}};
  if (names("name")) return {errc::conflict, "a campaign of that name exists"};
  return what;
}

}  // namespace

task<result<campaign_view>> campaign_service::create(campaign_input input, std::string by) {
  auto full = co_await complete(std::move(input));
  if (!full) co_return fail(std::move(full.error()));
  auto made = co_await store_.create(new_id(), std::move(*full), std::move(by));
  if (!made) co_return fail(explained(std::move(made.error())));
  co_return made;
}

task<result<campaign_view>> campaign_service::change(std::string id, std::int64_t version, campaign_input input) {
  auto full = co_await complete(std::move(input));
  if (!full) co_return fail(std::move(full.error()));
  auto made = co_await store_.change(std::move(id), version, std::move(*full));
  if (!made) co_return fail(explained(std::move(made.error())));
  co_return made;
}

task<result<campaign_view>> campaign_service::apply(std::string id, campaign_verb verb,
                                                    std::optional<std::int64_t> version, std::string by) {
  std::vector<campaign_state> from;
  std::optional<campaign_state> to;
  for (int i = 0; i <= static_cast<int>(campaign_state::finished); ++i) {
    const auto next = next_state(static_cast<campaign_state>(i), verb);
    if (!next) continue;
    from.push_back(static_cast<campaign_state>(i));
    to = next;  // a verb leads to one state, wherever it begins
  }
  if (!to) co_return fail(errc::internal, "a verb without a state");
  auto moved = co_await store_.move(id, std::move(from), *to, version);
  if (!moved) co_return fail(std::move(moved.error()));
  if (verb == campaign_verb::stop) {
    auto back = co_await store_.take_back(id);
    if (!back) log::failed("ottb", "queued_attempts_not_taken_back", back.error(), {{"campaign", id}});
  }
  log::info("ottb", "campaign_changed", {{"campaign", id}, {"state", name(*to)}, {"by", by}});
  for (const auto& each : heard_) each({id, name(*to), by});
  co_return moved;
}

}  // namespace vss::ottb
