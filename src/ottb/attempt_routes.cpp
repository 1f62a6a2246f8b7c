// The endpoint table of attempts.
#include "ottb/attempt_desk.hpp"
#include "ottb/lead_document.hpp"
#include "ottb/lead_routes.hpp"
#include "ottb/slot_view.hpp"

namespace vss::ottb {

using net::call;

namespace {

constexpr const char* uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
constexpr auto moment = "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.]{5,20}([Zz]|[+-][0-9:]{2,6})";
const net::parameter after_attempt{"after", uuid, "the cursor that the last page gave"};

result<std::optional<instant>> time_of(const call& from, const char* name) {
  const auto text = asked(from, name);
  if (text.empty()) return std::nullopt;
  auto when = parse_instant(text);
  if (!when) return invalid(std::string("/") + name, when.error().message);
  return *when;
}

result<attempt_filter> filter_of(const call& from) {
  attempt_filter out;
  out.campaign = asked(from, "campaign");
  out.lead = number_of(asked(from, "lead"));
  out.slot = asked(from, "slot");
  out.hub = asked(from, "hub");
  out.trunk = static_cast<std::int32_t>(number_of(asked(from, "trunk")));
  out.outcome = asked(from, "outcome");
  out.state = asked(from, "state");
  out.newest_first = asked(from, "order") == "newest";
  out.after = asked(from, "after");
  out.limit = limit_of(from);
  auto since = time_of(from, "from");
  if (!since) return fail(std::move(since.error()));
  auto until = time_of(from, "to");
  if (!until) return fail(std::move(until.error()));
  out.from = *since;
  out.to = *until;
  return out;
}

net::route list_route() {
  return {.method = "GET",
          .path = "/ottb/attempts",
          .permission = "ottb.attempt.read",
          .summary = "Attempts by age, without numbers",
          .query = {limit_parameter(),
                    after_attempt,
                    {"campaign", uuid, "only of this campaign"},
                    {"lead", "[0-9]{1,18}", "only of this lead"},
                    {"slot", "[678][0-9]{3,5}", "only on this slot"},
                    {"hub", "[A-Za-z0-9._-]{1,100}", "only on the hub of this label"},
                    {"trunk", "[1-9][0-9]{0,8}", "only over this trunk"},
                    {"outcome", "[a-z_]{1,20}", "only with this outcome"},
                    {"state", "live|ended|queued|permitted|dialling|ringing|answered|done|returned",
                     "only in this state; live: not ended; ended: done or returned"},
                    {"from", moment, "queued not before this time (RFC 3339)"},
                    {"to", moment, "queued before this time (RFC 3339)"},
                    {"order", "oldest|newest", "what comes first, oldest without"}}};
}

void add_searches(net::router& routes, attempt_desk& desk) {
  routes.add({.method = "POST",
              .path = "/ottb/call-searches",
              .permission = "ottb.lead.search",
              .summary = "Ask for the calls of a telephone number; the answer is an id that URLs may carry for an hour",
              .status = 201,
              .audit = "ottb.call.search"},
             [&desk](call from, number_input input) -> task<result<search_view>> {
               auto number = number_from(input);
               if (!number) co_return fail(std::move(number.error()));
               auto id = co_await desk.search(std::move(*number), from.who.id);
               if (!id) co_return fail(std::move(id.error()));
               co_return search_view{std::move(*id)};
             });
  routes.add({.method = "GET",
              .path = "/ottb/call-searches/{search}",
              .permission = "ottb.lead.search",
              .summary = "The attempts to a number that the same person asked for, newest first",
              .query = {limit_parameter(), after_attempt},
              .audit = "ottb.call.found"},
             [&desk](call from) {
               return desk.found(from.path.at("search"), from.who.id, asked(from, "after"), limit_of(from));
             });
}

}  // namespace

void add_routes(net::router& routes, attempt_desk& desk) {
  routes.path_parameter({"attempt", uuid, "id of an attempt"});
  routes.add(list_route(), [&desk](call from) -> task<result<attempt_page>> {
    auto filter = filter_of(from);
    if (!filter) co_return fail(std::move(filter.error()));
    co_return co_await desk.list(std::move(*filter));
  });
  routes.add({.method = "GET",
              .path = "/ottb/attempts/{attempt}",
              .permission = "ottb.attempt.read",
              .summary = "One call's story: gates, permits, SIP, the slot's steps, both sides of its CDR",
              .audit = "ottb.attempt.read"},
             [&desk](call from) { return desk.story(from.path.at("attempt")); });
  routes.add({.method = "POST",
              .path = "/ottb/attempts/{attempt}/hangup",
              .permission = "ottb.slot.control",
              .summary = "End a call that is under way",
              .audit = "ottb.attempt.hangup"},
             [&desk](call from, slot_reason why) { return desk.hang_up(std::move(from), std::move(why.reason)); });
  add_searches(routes, desk);
}

}  // namespace vss::ottb
