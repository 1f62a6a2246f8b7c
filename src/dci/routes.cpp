#include "dci/routes.hpp"

#include <boost/describe/enum_from_string.hpp>
#include <charconv>

namespace vss::dci {
namespace {

constexpr auto uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
constexpr auto moment = "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.]{5,20}([Zz]|[+-][0-9:]{2,6})";

// The query parameters of one request; the first wrong one is kept.
class asked {
 public:
  explicit asked(const net::call& from) : from_(from) {}
  std::optional<std::string> text(const std::string& name) const {
    const auto found = from_.query.find(name);
    if (found == from_.query.end()) return std::nullopt;
    return found->second;
  }
  std::optional<instant> time(const std::string& name) {
    const auto given = text(name);
    if (!given) return std::nullopt;
    auto when = parse_instant(*given);
    if (when) return *when;
    wrong_.problems.push_back({"/" + name, when.error().message});
    return std::nullopt;
  }
  std::optional<std::int64_t> whole(const std::string& name, std::int64_t least, std::int64_t most) {
    const auto given = text(name);
    if (!given) return std::nullopt;
    std::int64_t value = 0;
    const auto* end = given->data() + given->size();
    const auto read = std::from_chars(given->data(), end, value);
    if (read.ec == std::errc{} && read.ptr == end && value >= least && value <= most) return value;
    wrong_.problems.push_back({"/" + name, "must be " + std::to_string(least) + " to " + std::to_string(most)});
    return std::nullopt;
  }
  void cursor(call_filter& into) {
    const auto given = text("after");
    if (!given) return;
    auto read = read_cursor(*given, into);
    if (!read) wrong_.problems.push_back(read.error().problems.at(0));
  }
  result<void> all_good() const {
    if (wrong_.problems.empty()) return {};
    return fail(wrong_);
  }

 private:
  const net::call& from_;
  error wrong_{errc::invalid, "the query is not valid"};
};

net::parameter limit_parameter() { return {"limit", "[0-9]{1,3}", "rows of a page, 1 to 500 (50)"}; }
net::parameter after_parameter() { return {"after", "[0-9A-Za-z:.,-]{1,100}", "`next` of the page before"}; }
net::parameter from_parameter() { return {"from", moment, "not before this time (RFC 3339)"}; }
net::parameter to_parameter() { return {"to", moment, "before this time (RFC 3339)"}; }

void add_calls(net::router& to, service& dci) {
  net::route list{.method = "GET",
                  .path = "/dci/cdrs",
                  .permission = "dci.cdr.read",
                  .summary = "call detail records, newest first",
                  .query = {from_parameter(),
                            to_parameter(),
                            {"slot", "[678][0-9]{3,5}", "slot number"},
                            {"campaign", uuid, "campaign id"},
                            {"outcome", "[a-z_]{1,20}", "how it ended"},
                            {"attempt", uuid, "attempt id"},
                            limit_parameter(),
                            after_parameter()}};
  to.add(std::move(list), [&dci](net::call by) -> task<result<call_page>> {
    asked query(by);
    call_filter filter;
    filter.from = query.time("from");
    filter.to = query.time("to");
    filter.slot = query.text("slot");
    filter.campaign = query.text("campaign");
    filter.outcome = query.text("outcome");
    filter.attempt = query.text("attempt");
    filter.limit = query.whole("limit", 1, 500).value_or(50);
    query.cursor(filter);
    auto good = query.all_good();
    if (!good) co_return fail(std::move(good.error()));
    co_return co_await dci.calls(std::move(filter));
  });
  net::route one{.method = "GET",
                 .path = "/dci/cdrs/{call_id}",
                 .permission = "dci.cdr.read",
                 .summary = "one call: what the hub saw and what the PBX saw"};
  to.add(std::move(one), [&dci](net::call by) -> task<result<call_story>> {
    std::string id = by.path.at("call_id");
    co_return co_await dci.call(std::move(id));
  });
}

void add_events(net::router& to, service& dci) {
  net::route list{.method = "GET",
                  .path = "/dci/events",
                  .permission = "dci.event.read",
                  .summary = "the events log, newest first",
                  .query = {from_parameter(),
                            to_parameter(),
                            {"kind", "[a-z][a-z0-9_.]{1,80}", "kind of event"},
                            {"severity", "info|warning|error", "how bad"},
                            {"subject", "[a-z_]+:[A-Za-z0-9._-]{1,100}", "what it is about: call:<uuid>, slot:7001"},
                            limit_parameter(),
                            after_parameter()}};
  to.add(std::move(list), [&dci](net::call by) -> task<result<event_page>> {
    asked query(by);
    event_filter filter;
    filter.from = query.time("from");
    filter.to = query.time("to");
    filter.kind = query.text("kind");
    filter.severity = query.text("severity");
    filter.subject = query.text("subject");
    filter.limit = query.whole("limit", 1, 500).value_or(50);
    filter.before_id = query.whole("after", 1, std::numeric_limits<std::int64_t>::max());
    auto good = query.all_good();
    if (!good) co_return fail(std::move(good.error()));
    co_return co_await dci.events(std::move(filter));
  });
}

net::route analytics_route() {
  return {.method = "GET",
          .path = "/dci/analytics",
          .permission = "dci.summary.read",
          .summary = "calls counted by hour, day, campaign, trunk, slot or hub; as CSV when Accept says so",
          .query = {from_parameter(),
                    to_parameter(),
                    {"by", "hour|day|campaign|trunk|slot|hub", "what a row is, hour without"},
                    {"campaign", uuid, "campaign id"},
                    {"tz", "[A-Za-z][A-Za-z0-9_+/-]{1,40}", "IANA time zone of hours and days, UTC without"},
                    {"direction", "outbound|inbound|internal|all", "outbound without"}},
          .raw_type = "text/csv"};
}

void add_analytics(net::router& to, service& dci, const clock& time) {
  to.add(analytics_route(), [&dci, &time](net::call by) -> task<result<net::reply<analytics_view>>> {
    asked query(by);
    analytics_wish wish;
    wish.to = query.time("to").value_or(time.now());
    wish.from = query.time("from").value_or(wish.to - std::chrono::hours(24));
    boost::describe::enum_from_string(query.text("by").value_or("hour").c_str(), wish.by);
    wish.tz = query.text("tz").value_or("UTC");
    wish.direction = query.text("direction").value_or("outbound");
    wish.campaign = query.text("campaign");
    auto good = query.all_good();
    if (!good) co_return fail(std::move(good.error()));
    auto counted = co_await dci.analytics(std::move(wish));
    if (!counted) co_return fail(std::move(counted.error()));
    net::reply<analytics_view> out{std::move(*counted)};
    if (net::wants(by, "text/csv")) out.instead = net::raw_reply{"text/csv; charset=utf-8", csv_of(out.body)};
    co_return out;
  });
}

}  // namespace

void add_routes(net::router& to, service& dci) {
  to.path_parameter({"call_id", uuid, "our id of the call: the attempt's outbound"});
  add_calls(to, dci);
  add_events(to, dci);
  add_analytics(to, dci, dci.time());
  add_routes(to, dci.retention());
  net::route counts{.method = "GET",
                    .path = "/dci/summary",
                    .permission = "dci.summary.read",
                    .summary = "calls by outcome, counted from the CDRs",
                    .query = {{"campaign", uuid, "campaign id"}, from_parameter(), to_parameter()}};
  to.add(std::move(counts), [&dci](net::call by) -> task<result<summary_view>> {
    asked query(by);
    const auto from = query.time("from");
    const auto until = query.time("to");
    auto good = query.all_good();
    if (!good) co_return fail(std::move(good.error()));
    co_return co_await dci.summary(query.text("campaign"), from, until);
  });
}

}  // namespace vss::dci
