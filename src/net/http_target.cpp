// The strict half of reading HTTP: heads and targets.
#include <algorithm>

#include "net/http_parse.hpp"

namespace vss::net {
namespace {

using fault = std::optional<http_fault>;
fault bad(std::string why) { return http_fault{400, std::move(why)}; }

bool is_token(std::string_view text) {  // RFC 9110 section 5.6.2
  static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || marks.contains(c);
  });
}

bool same(std::string_view a, std::string_view lower) {
  return std::ranges::equal(a, lower, [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x + 32 : x) == y; });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

struct counted {
  int hosts = 0;
  int lengths = 0;
  int codings = 0;
  int fields = 0;
};

fault field_fault(std::string_view line, counted& seen) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return bad("a header name is not a token");
  const auto name = line.substr(0, colon);
  const auto value = trimmed(line.substr(colon + 1));
  if (++seen.fields > 100) return http_fault{431, "more than 100 header fields"};
  if (same(name, "host")) ++seen.hosts;
  if (same(name, "content-length")) {
    ++seen.lengths;
    const bool digits = std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
    if (value.empty() || value.size() > 15 || !digits) return bad("content-length is not a number");
  }
  if (same(name, "transfer-encoding")) {
    ++seen.codings;
    if (!same(value, "chunked")) return http_fault{501, "only the transfer coding chunked is known"};
  }
  return std::nullopt;
}

fault start_fault(std::string_view line, bool request, bool& version_10) {
  if (!request) {
    version_10 = line.starts_with("HTTP/1.0 ");
    return version_10 || line.starts_with("HTTP/1.1 ") ? std::nullopt : bad("not an HTTP/1 answer");
  }
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last || !is_token(line.substr(0, first))) {
    return bad("the request line is not method, target, version");
  }
  const auto target = line.substr(first + 1, last - first - 1);
  if (target.find(' ') != std::string_view::npos) return bad("the target has a blank");
  const auto version = line.substr(last + 1);
  version_10 = version == "HTTP/1.0";
  if (version_10 || version == "HTTP/1.1") return std::nullopt;
  return version.starts_with("HTTP/") ? fault(http_fault{505, "only HTTP/1.1 is spoken here"}) : bad("no HTTP version");
}

}  // namespace

fault head_fault(std::string_view head, bool request) {
  counted seen;
  bool version_10 = false;
  bool first = true;
  while (head != "\r\n") {
    const auto end = head.find("\r\n");
    if (end == std::string_view::npos) return bad("a line does not end with CR LF");
    const auto line = head.substr(0, end);
    head.remove_prefix(end + 2);
    const bool clean = std::ranges::all_of(line, [](unsigned char c) { return c == '\t' || (c >= 0x20 && c != 0x7f); });
    if (!clean) return bad("a control byte in the head");
    if (!first && (line.front() == ' ' || line.front() == '\t')) return bad("a folded header line");
    if (const auto wrong = first ? start_fault(line, request, version_10) : field_fault(line, seen)) return wrong;
    first = false;
  }
  if (first) return bad("an empty head");
  if (request && (seen.hosts > 1 || (seen.hosts == 0 && !version_10))) return bad("exactly one host header is needed");
  if (seen.lengths > 1) return bad("two content-length headers");
  if (seen.codings > 1) return bad("two transfer-encoding headers");
  if (seen.codings > 0 && (seen.lengths > 0 || version_10)) return bad("the length of the body is ambiguous");
  return std::nullopt;
}

std::optional<std::string> unescape(std::string_view text, bool plus) {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus) {
      out += ' ';
    } else if (text[i] == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = digit(text[i + 1]);
      const int low = digit(text[i + 2]);
      if (high < 0 || low < 0 || (high == 0 && low == 0)) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

namespace {

fault read_path(std::string_view raw, std::string& into) {
  if (raw.find('%') == std::string_view::npos)
    into.assign(raw);
  else if (auto plain = unescape(raw, false))
    into = std::move(*plain);
  else
    return bad("a wrong escape in the path");
  if (std::ranges::count(raw, '/') != std::ranges::count(into, '/')) return bad("an escaped slash in the path");
  for (std::size_t at = 0; at < into.size();) {
    const auto next = std::min(into.find('/', at + 1), into.size());
    const auto segment = std::string_view(into).substr(at + 1, next - at - 1);
    if (segment == "." || segment == "..") return bad("a dot segment in the path");
    at = next;
  }
  return std::nullopt;
}

fault read_query(std::string_view raw, std::map<std::string, std::string>& into) {
  while (!raw.empty()) {
    const auto end = std::min(raw.find('&'), raw.size());
    const auto item = raw.substr(0, end);
    raw.remove_prefix(std::min(end + 1, raw.size()));
    if (item.empty()) continue;
    const auto equals = std::min(item.find('='), item.size());
    auto key = unescape(item.substr(0, equals), true);
    auto value = unescape(item.substr(std::min(equals + 1, item.size())), true);
    if (!key || !value) return bad("a wrong escape in the query");
    const bool fresh = into.emplace(std::move(*key), std::move(*value)).second;
    if (!fresh) return bad("a query parameter is given twice");
  }
  return std::nullopt;
}

}  // namespace

fault read_target(std::string_view target, http_request& into) {
  into.target.assign(target);
  if (target == "*") {
    into.path = "*";
    return std::nullopt;
  }
  if (target.starts_with("http://") || target.starts_with("https://")) {  // absolute form, RFC 9112 section 3.2.2
    const auto slash = target.find('/', target.find("//") + 2);
    target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
  }
  if (!target.starts_with('/')) return bad("the target is not a path");
  if (target.find('#') != std::string_view::npos) return bad("a fragment in the target");
  const auto mark = std::min(target.find('?'), target.size());
  if (const auto wrong = read_path(target.substr(0, mark), into.path)) return wrong;
  return read_query(target.substr(std::min(mark + 1, target.size())), into.query);
}

}  // namespace vss::net
