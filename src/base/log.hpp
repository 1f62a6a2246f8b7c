#pragma once
// Structured log: one JSON object a line (ts, level, module, event, fields) on standard error or a file.
// A field takes numbers, booleans and text; `secret` and `e164` do not convert, so they cannot be logged.
//   log::info("ottb", "campaign_started", {{"campaign", id}, {"leads", 200}});
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"
#include "base/trail.hpp"

namespace vss::log {

enum class level : std::uint8_t { debug, info, warn, error };

struct field {
  std::string_view key;
  std::variant<std::string_view, std::int64_t, double, bool> value;

  field(std::string_view k, std::string_view v) : key(k), value(v) {}
  field(std::string_view k, const std::string& v) : key(k), value(std::string_view(v)) {}
  field(std::string_view k, const char* v) : key(k), value(std::string_view(v)) {}
  field(std::string_view k, bool v) : key(k), value(v) {}
  field(std::string_view k, double v) : key(k), value(v) {}
  field(std::string_view k, const trail& v) : key(k), value(std::string_view(v.id)) {}
  template <std::integral I>
  field(std::string_view k, I v) : key(k), value(static_cast<std::int64_t>(v)) {}
};
using fields = std::initializer_list<field>;

// Opens the log: a file path, or empty for standard error. The queue is bounded; info and debug lines are dropped
// (counted) when it is full, warnings and errors wait.
void open(const std::string& path, level least);
void close();

void debug(std::string_view module, std::string_view event, fields more = {});
void info(std::string_view module, std::string_view event, fields more = {});
void warn(std::string_view module, std::string_view event, fields more = {});
void error(std::string_view module, std::string_view event, fields more = {});
void failed(std::string_view module, std::string_view event, const vss::error& why, fields more = {});

result<level> parse_level(std::string_view text);

}  // namespace vss::log
