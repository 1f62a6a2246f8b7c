#include "net/http.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>

#include "net/http_wire.hpp"

namespace vss::net {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// IMF-fixdate (RFC 9110 section 5.6.7), made once a second.
std::string_view date_text() {
  thread_local std::time_t made_for = 0;
  thread_local char text[32];
  const std::time_t now = std::time(nullptr);
  if (now != made_for) {
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    made_for = now;
  }
  return text;
}

void add_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ");
  for (const char c : value) out += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;  // no value can begin a new header
  out.append("\r\n");
}

}  // namespace

std::string_view http_headers::get(std::string_view name) const {
  for (const auto& [key, value] : all) {
    if (same_name(key, name)) return value;
  }
  return {};
}

void http_headers::set(std::string name, std::string value) {
  std::erase_if(all, [&name](const auto& item) { return same_name(item.first, name); });
  all.emplace_back(std::move(name), std::move(value));
}

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

bool lists_token(std::string_view value, std::string_view token) {
  while (!value.empty()) {
    const auto end = std::min(value.find(','), value.size());
    auto item = value.substr(0, end);
    value.remove_prefix(std::min(end + 1, value.size()));
    while (!item.empty() && (item.front() == ' ' || item.front() == '\t')) item.remove_prefix(1);
    while (!item.empty() && (item.back() == ' ' || item.back() == '\t')) item.remove_suffix(1);
    if (same_name(item, token)) return true;
  }
  return false;
}

std::string_view reason_phrase(int status) {
  static constexpr std::pair<int, std::string_view> known[] = {{100, "Continue"},
                                                               {101, "Switching Protocols"},
                                                               {200, "OK"},
                                                               {201, "Created"},
                                                               {202, "Accepted"},
                                                               {204, "No Content"},
                                                               {206, "Partial Content"},
                                                               {301, "Moved Permanently"},
                                                               {302, "Found"},
                                                               {303, "See Other"},
                                                               {304, "Not Modified"},
                                                               {307, "Temporary Redirect"},
                                                               {400, "Bad Request"},
                                                               {401, "Unauthorized"},
                                                               {403, "Forbidden"},
                                                               {404, "Not Found"},
                                                               {405, "Method Not Allowed"},
                                                               {408, "Request Timeout"},
                                                               {409, "Conflict"},
                                                               {410, "Gone"},
                                                               {412, "Precondition Failed"},
                                                               {413, "Content Too Large"},
                                                               {415, "Unsupported Media Type"},
                                                               {422, "Unprocessable Content"},
                                                               {426, "Upgrade Required"},
                                                               {428, "Precondition Required"},
                                                               {429, "Too Many Requests"},
                                                               {431, "Request Header Fields Too Large"},
                                                               {500, "Internal Server Error"},
                                                               {501, "Not Implemented"},
                                                               {503, "Service Unavailable"},
                                                               {504, "Gateway Timeout"},
                                                               {505, "HTTP Version Not Supported"}};
  for (const auto& [code, phrase] : known) {
    if (code == status) return phrase;
  }
  return "Status";
}

void write_response(std::string& out, const http_response& response, bool keep_alive, bool head_only) {
  const bool bodiless = response.status < 200 || response.status == 204 || response.status == 304;
  char line[32];
  const auto end = fmt::format_to_n(line, sizeof line, "HTTP/1.1 {} ", response.status);
  out.append(line, end.size).append(reason_phrase(response.status)).append("\r\n");
  if (response.status >= 200) add_field(out, "date", date_text());
  for (const auto& [name, value] : response.headers.all) add_field(out, name, value);
  if (!bodiless) {
    const auto length = fmt::format_to_n(line, sizeof line, "{}", response.body.size());
    add_field(out, "content-length", {line, length.size});
  }
  if (response.status >= 200) add_field(out, "connection", keep_alive ? "keep-alive" : "close");
  out.append("\r\n");
  if (!bodiless && !head_only) out.append(response.body);
}

void write_request(std::string& out, std::string_view method, std::string_view target, std::string_view host,
                   const http_headers& headers, std::string_view body) {
  out.append(method).append(" ").append(target).append(" HTTP/1.1\r\n");
  add_field(out, "host", host);
  for (const auto& [name, value] : headers.all) add_field(out, name, value);
  if (!body.empty() || method == "POST" || method == "PUT" || method == "PATCH") {
    add_field(out, "content-length", std::to_string(body.size()));
  }
  out.append("\r\n").append(body);
}

std::string url_parts::authority() const {
  const bool plain =
      (port == 80 && (scheme == "http" || scheme == "ws")) || (port == 443 && (scheme == "https" || scheme == "wss"));
  const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return plain ? name : name + ":" + std::to_string(port);
}

result<url_parts> read_url(std::string_view url) {
  const auto bad = [url](const char* why) { return fail(errc::invalid, std::string(url.substr(0, 100)) + ": " + why); };
  url_parts out;
  const auto colon = url.find("://");
  if (colon == std::string_view::npos) return bad("not a URL");
  out.scheme = url.substr(0, colon);
  const bool safe = out.scheme == "https" || out.scheme == "wss";
  if (!safe && out.scheme != "http" && out.scheme != "ws") return bad("only http, https, ws and wss");
  out.port = safe ? 443 : 80;
  auto rest = url.substr(colon + 3);
  const auto slash = std::min(rest.find_first_of("/?#"), rest.size());
  auto authority = rest.substr(0, slash);
  out.target = rest.substr(slash, rest.find('#') - slash);
  if (out.target.empty() || out.target.front() == '?') out.target.insert(0, "/");
  if (authority.find('@') != std::string_view::npos) return bad("no user in a URL");
  if (authority.starts_with('[')) {
    const auto end = authority.find(']');
    if (end == std::string_view::npos) return bad("a wrong address");
    out.host = authority.substr(1, end - 1);
    authority.remove_prefix(end + 1);
  } else {
    const auto end = std::min(authority.find(':'), authority.size());
    out.host = authority.substr(0, end);
    authority.remove_prefix(end);
  }
  if (authority.starts_with(':')) {
    const auto digits = authority.substr(1);
    const auto [at, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), out.port);
    if (ec != std::errc{} || at != digits.data() + digits.size() || out.port == 0) return bad("a wrong port");
  }
  const bool clean = std::ranges::none_of(out.target, [](unsigned char c) { return c <= 0x20 || c == 0x7f; });
  if (out.host.empty() || !clean) return bad("a wrong host or path");
  return out;
}

}  // namespace vss::net
