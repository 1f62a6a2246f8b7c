#include "ottb/pbx_edge.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "base/dto_read.hpp"
#include "ottb/pbx_event.hpp"

namespace vss::ottb {
namespace json = boost::json;

pbx_edge::pbx_edge(executor on, std::string rpc, secret key)
    : client_(std::move(on), {.ca_file = {}, .certificate = {}, .key = {}, .connections = 4, .quick_ack = true}),
      rpc_(std::move(rpc)),
      key_(std::move(key)) {}

task<result<json::value>> pbx_edge::call(std::string method, json::value params) {
  net::http_headers headers;
  headers.set("authorization", "Bearer " + key_.reveal());
  headers.set("content-type", "application/json");
  json::object body{{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}, {"id", 1}};
  auto answer = co_await client_.send("POST", rpc_, std::move(headers), json::serialize(body), milliseconds{2000});
  if (!answer) co_return std::unexpected(std::move(answer.error()));
  auto parsed = dto::parse_json(answer->body);
  if (!parsed || !parsed->is_object()) co_return fail(errc::unavailable, method + ": no JSON-RPC answer");
  if (const auto* value = parsed->get_object().if_contains("result")) co_return *value;
  co_return json::value(nullptr);
}

task<result<int>> pbx_edge::end_dialogs(std::string call_id) {
  json::array which{json::string(call_id)};
  const auto listed = co_await call("dlg.dlg_list", std::move(which));
  if (!listed) co_return std::unexpected(listed.error());
  int ended = 0;
  for (const auto& dialog : dialogs_of(*listed)) {
    json::array place{whole_at(dialog, "h_entry"), whole_at(dialog, "h_id")};
    const auto done = co_await call("dlg.end_dlg", std::move(place));
    if (done) ++ended;
  }
  co_return ended;
}

task<result<bool>> pbx_edge::has_dialog(std::string call_id) {
  json::array which{json::string(call_id)};
  const auto listed = co_await call("dlg.dlg_list", std::move(which));
  if (!listed) co_return std::unexpected(listed.error());
  co_return !dialogs_of(*listed).empty();
}

}  // namespace vss::ottb
