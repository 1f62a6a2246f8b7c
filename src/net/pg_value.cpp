// Values on their way to and from PostgreSQL's text form.
#include <fmt/format.h>
#include <libpq-fe.h>

#include <charconv>
#include <stdexcept>

#include "net/postgres.hpp"

namespace vss::net {

param::param(double real) : text_(fmt::format("{}", real)) {}

std::string bytea(std::string_view raw) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out = "\\x";
  out.reserve(2 + raw.size() * 2);
  for (const char c : raw) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

namespace {
int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  throw std::invalid_argument("not bytea in hex form");
}
}  // namespace

std::string from_bytea(std::string_view text) {
  if (text.empty()) return {};
  if (!text.starts_with("\\x") || text.size() % 2 != 0) throw std::invalid_argument("not bytea in hex form");
  std::string out;
  out.reserve(text.size() / 2 - 1);
  for (std::size_t i = 2; i < text.size(); i += 2) out += static_cast<char>(nibble(text[i]) * 16 + nibble(text[i + 1]));
  return out;
}

std::string text_array(std::span<const std::string> items) {
  std::string out = "{";
  for (const auto& item : items) {
    if (out.size() > 1) out += ',';
    out += '"';
    for (const char c : item) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return out + "}";
}

std::string bigint_array(std::span<const std::int64_t> items) { return fmt::format("{{{}}}", fmt::join(items, ",")); }

namespace {
const PGresult* pg(const void* result) { return static_cast<const PGresult*>(result); }
}  // namespace

std::string_view row::text(int column) const {
  if (column >= PQnfields(pg(result_))) throw std::out_of_range("no such column in the result");
  return {PQgetvalue(pg(result_), index_, column), static_cast<std::size_t>(PQgetlength(pg(result_), index_, column))};
}

bool row::null(int column) const {
  if (column >= PQnfields(pg(result_))) throw std::out_of_range("no such column in the result");
  return PQgetisnull(pg(result_), index_, column) == 1;
}

std::int64_t row::whole(int column) const {
  const auto from = text(column);
  if (from.empty()) return 0;
  std::int64_t value = 0;
  const auto read = std::from_chars(from.data(), from.data() + from.size(), value);
  if (read.ec != std::errc{} || read.ptr != from.data() + from.size())
    throw std::invalid_argument("not a whole number");
  return value;
}

double row::real(int column) const {
  const auto from = text(column);
  if (from.empty()) return 0;
  double value = 0;
  const auto read = std::from_chars(from.data(), from.data() + from.size(), value);
  if (read.ec != std::errc{}) throw std::invalid_argument("not a number");
  return value;
}

instant row::time(int column) const {
  const auto when = parse_instant(text(column));
  if (!when) throw std::invalid_argument("not a time");
  return *when;
}

std::optional<std::string> row::maybe(int column) const {
  if (null(column)) return std::nullopt;
  return string(column);
}

std::optional<instant> row::maybe_time(int column) const {
  if (null(column)) return std::nullopt;
  return time(column);
}

rows::rows(std::shared_ptr<void> result) : result_(std::move(result)) {
  size_ = PQntuples(pg(result_.get()));
  auto* raw = static_cast<PGresult*>(result_.get());
  const std::string_view told = PQcmdTuples(raw);
  std::from_chars(told.data(), told.data() + told.size(), affected_);
}

}  // namespace vss::net
