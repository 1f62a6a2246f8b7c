#include "ottb/report_routes.hpp"

namespace vss::ottb {

using net::call;

void add_link_routes(net::router& routes, permit_desk& permits, report_service& reports, net::metrics& meters) {
  routes.add({.method = "POST",
              .path = "/link/permits",
              .permission = "link.permit.request",
              .summary = "The right to place one attempt now, or why not (F-01)",
              .body_limit = 4096},
             [&permits, &meters](call from, link::permit_request request) -> task<result<link::permit_answer>> {
               auto answer = co_await permits.issue(from.who.id, std::move(request));
               if (!answer) co_return fail(std::move(answer.error()));
               const std::string reason = answer->reason.value_or("permitted");
               meters.count("vss_permits_total", {{"answer", reason}, {"flow", "F-01"}});
               co_return answer;
             });
  routes.add({.method = "POST",
              .path = "/link/reports",
              .permission = "link.report.write",
              .summary = "How attempts ended; a repeat is accepted again (F-11)"},
             [&reports, &meters](call from, link::report_batch batch) -> task<result<link::report_receipt>> {
               meters.count("vss_reports_total", {{"flow", "F-11"}}, static_cast<double>(batch.reports.size()));
               co_return co_await reports.report(from.who.id, std::move(batch));
             });
}

}  // namespace vss::ottb
