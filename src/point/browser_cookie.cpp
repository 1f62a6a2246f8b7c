#include "point/browser_cookie.hpp"

namespace vss::point {
namespace {

constexpr std::string_view name = "__Host-vss";
constexpr std::string_view attributes = "; Path=/; Secure; HttpOnly; SameSite=Strict";

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

result<std::optional<secret>> cookie_of(const net::http_request& request) {
  std::optional<secret> out;
  std::string_view rest = request.headers.get("Cookie");
  while (!rest.empty()) {
    const auto end = rest.find(';');
    const auto pair = trimmed(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    if (out) return fail(errc::unauthorized, "the session's cookie is there twice");
    out.emplace(std::string(pair.substr(equals + 1)));
  }
  if (out && out->empty()) out.reset();  // a browser that was told to forget it
  return out;
}

std::string cookie_with(const secret& token) {
  return std::string(name) + '=' + token.reveal() + std::string(attributes);
}

std::string cookie_cleared() { return std::string(name) + '=' + std::string(attributes) + "; Max-Age=0"; }

}  // namespace vss::point
