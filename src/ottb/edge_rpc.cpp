#include "ottb/edge_rpc.hpp"

#include <boost/json/serialize.hpp>

#include "base/dto_read.hpp"

namespace vss::ottb {

namespace {

constexpr milliseconds deadline{2000};

net::client_options few_connections() {
  net::client_options out;
  out.connections = 2;
  return out;
}

}  // namespace

edge_rpc::edge_rpc(executor on, std::string url, secret key)
    : client_(std::move(on), few_connections()), url_(std::move(url)), key_(std::move(key)) {}

task<result<boost::json::value>> edge_rpc::call(std::string method, boost::json::value params) {
  net::http_headers headers;
  headers.set("authorization", "Bearer " + key_.reveal());
  headers.set("content-type", "application/json");
  const boost::json::object body{{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}, {"id", 1}};
  auto answer = co_await client_.send("POST", url_, std::move(headers), boost::json::serialize(body), deadline);
  if (!answer) co_return fail(std::move(answer.error()));
  if (answer->status == 401) co_return fail(errc::refused, method + ": the edge does not know our key");
  auto parsed = dto::parse_json(answer->body);
  if (!parsed || !parsed->is_object()) co_return fail(errc::unavailable, method + ": no JSON-RPC answer");
  if (const auto* value = parsed->get_object().if_contains("result")) co_return *value;
  co_return fail(errc::refused, method + ": " + boost::json::serialize(*parsed).substr(0, 200));
}

}  // namespace vss::ottb
