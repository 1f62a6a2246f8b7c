#include "ottb/pbx_store.hpp"

namespace vss::ottb {
namespace {

constexpr net::statement flow_by_id{"ottb.pbx.flow_by_id", "select document from ottb.flow where id = $1::uuid"};
constexpr net::statement flow_by_name{"ottb.pbx.flow_by_name",
                                      "select document from ottb.flow where name = $1 order by version desc limit 1"};
constexpr net::statement order_of_attempt{
    "ottb.pbx.order_of_attempt",
    "select a.trail, a.campaign_id, c.mode, coalesce(c.flow_id::text, ''), c.caller_id, c.ring_seconds, "
    "c.max_call_seconds"
    " from ottb.attempt a join ottb.campaign c on c.id = a.campaign_id where a.id = $1::uuid"
    "   and (a.state <> 'done' or a.pbx_ended_at is null)"};  // the hub may have spoken first

}  // namespace

task<result<ivr_document>> pbx_store::flow(std::string flow) {
  const bool service = flow.starts_with("service:");
  if (!service) {
    if (const auto found = known_.find(flow); found != known_.end()) co_return found->second;
  }
  net::params with{service ? "service-" + flow.substr(8) : flow};
  const net::statement& which = service ? flow_by_name : flow_by_id;
  auto found = co_await db_.run(which, std::move(with));
  if (!found) co_return std::unexpected(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such flow: " + flow);
  auto document = dto::parse<ivr_document>((*found)[0].text(0));
  if (!document) co_return std::unexpected(std::move(document.error()));
  if (!service && known_.size() < 200) known_[flow] = *document;
  co_return std::move(*document);
}

task<result<consumed_permit>> pbx_store::order(std::string attempt) {
  net::params with{attempt};
  auto found = co_await db_.run(order_of_attempt, std::move(with));
  if (!found) co_return std::unexpected(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no open attempt " + attempt);
  const auto row = (*found)[0];
  consumed_permit order;
  order.story.id = row.string(0);
  order.attempt = attempt;
  order.campaign = row.string(1);
  order.mode = row.string(2);
  order.flow = row.string(3);
  order.caller_id = row.string(4);
  order.ring_seconds = static_cast<int>(row.whole(5));
  order.max_call_seconds = static_cast<int>(row.whole(6));
  co_return order;
}

}  // namespace vss::ottb
