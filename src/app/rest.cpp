#include "app/rest.hpp"

#include <boost/json/serialize.hpp>

#include "base/dto.hpp"

namespace vss::app {
namespace json = boost::json;
namespace {

constexpr milliseconds limit{30000};

std::string text_of(const json::object& from, std::string_view key) {
  const auto* found = from.if_contains(key);
  return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

errc kind_of(int status) {
  switch (status) {
    case 401:
      return errc::unauthorized;
    case 403:
      return errc::forbidden;
    case 404:
      return errc::not_found;
    case 409:
      return errc::conflict;
    case 412:
    case 428:
      return errc::precondition;
    case 413:
      return errc::too_large;
    case 422:
      return errc::invalid;
    case 429:
      return errc::too_many;
    case 503:
      return errc::unavailable;
    case 504:
      return errc::timeout;
    default:
      return errc::internal;
  }
}

error problem_of(const net::http_response& answer) {
  error out{kind_of(answer.status), "the server answered " + std::to_string(answer.status)};
  const auto parsed = dto::parse_json(answer.body);
  if (!parsed || !parsed->is_object()) return out;
  const auto& body = parsed->get_object();
  if (const auto detail = text_of(body, "detail"); !detail.empty()) out.message = detail;
  if (const auto* list = body.if_contains("problems"); list && list->is_array()) {
    for (const auto& item : list->get_array()) {
      if (!item.is_object()) continue;
      out.problems.push_back({text_of(item.get_object(), "pointer"), text_of(item.get_object(), "message")});
    }
  }
  return out;
}

}  // namespace

rest::rest(executor on, std::string base, secret token)
    : client_(std::move(on), {}), base_(std::move(base)), token_(std::move(token)) {}

task<result<json::value>> rest::send(std::string method, std::string path, json::value body) {
  std::string text = body.is_null() ? std::string() : json::serialize(body);
  co_return co_await upload(std::move(method), std::move(path), "application/json", std::move(text));
}

task<result<json::value>> rest::upload(std::string method, std::string path, std::string type, std::string body) {
  net::http_headers headers;
  if (!token_.reveal().empty()) headers.set("authorization", "Bearer " + token_.reveal());
  if (!body.empty()) headers.set("content-type", std::move(type));
  auto answer = co_await client_.send(std::move(method), base_ + path, std::move(headers), std::move(body), limit);
  if (!answer) co_return std::unexpected(std::move(answer.error()));
  if (answer->status >= 300) co_return std::unexpected(problem_of(*answer));
  if (answer->body.empty()) co_return json::value(nullptr);
  if (answer->headers.get("content-type").find("json") == std::string_view::npos) {
    co_return json::value(json::string(answer->body));
  }
  co_return dto::parse_json(answer->body);
}

}  // namespace vss::app
