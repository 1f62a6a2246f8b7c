#include "base/log.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/clock.hpp"
#include "base/json_text.hpp"

namespace vss::log {
namespace {

// spdlog is the backend; the line is ours. The registry it keeps is its own business.
std::shared_ptr<spdlog::logger>& backend() {
  static std::shared_ptr<spdlog::logger> logger = [] {
    auto made = std::make_shared<spdlog::logger>("vss", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");
    made->set_level(spdlog::level::info);
    return made;
  }();
  return logger;
}

void write(spdlog::level::level_enum at, std::string_view name, std::string_view module, std::string_view event,
           fields more, const vss::error* why = nullptr) {
  auto& out = backend();
  if (!out->should_log(at)) return;
  std::string line = fmt::format(R"({{"ts":"{}","level":"{}","module":"{}","event":{})", to_text(system_clock().now()),
                                 name, module, json_text(event));
  const auto add = [&line](std::string_view key, std::string_view json) {
    line += fmt::format(",\"{}\":{}", key, json);
  };
  for (const auto& item : more) {
    if (const auto* text = std::get_if<std::string_view>(&item.value))
      add(item.key, json_text(*text));
    else if (const auto* whole = std::get_if<std::int64_t>(&item.value))
      add(item.key, std::to_string(*whole));
    else if (const auto* real = std::get_if<double>(&item.value))
      add(item.key, fmt::format("{:.6g}", *real));
    else
      add(item.key, std::get<bool>(item.value) ? "true" : "false");
  }
  if (why) {
    add("kind", json_text(vss::name(why->kind)));
    add("why", json_text(why->message));
    for (const auto& bad : why->problems) add("at", json_text(bad.pointer + ": " + bad.message));
  }
  out->log(at, "{}}}", line);
}

}  // namespace

void open(const std::string& path, level least) {
  spdlog::sink_ptr sink;
  if (path.empty())
    sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  else
    sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(path);
  auto made = std::make_shared<spdlog::logger>("vss", sink);
  made->set_pattern("%v");
  constexpr spdlog::level::level_enum levels[] = {spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                                                  spdlog::level::err};
  made->set_level(levels[static_cast<int>(least)]);
  made->flush_on(spdlog::level::info);
  backend() = made;
}
void close() { backend()->flush(); }

void debug(std::string_view module, std::string_view event, fields more) {
  write(spdlog::level::debug, "debug", module, event, more);
}
void info(std::string_view module, std::string_view event, fields more) {
  write(spdlog::level::info, "info", module, event, more);
}
void warn(std::string_view module, std::string_view event, fields more) {
  write(spdlog::level::warn, "warn", module, event, more);
}
void error(std::string_view module, std::string_view event, fields more) {
  write(spdlog::level::err, "error", module, event, more);
}
void failed(std::string_view module, std::string_view event, const vss::error& why, fields more) {
  write(spdlog::level::warn, "warn", module, event, more, &why);
}

result<level> parse_level(std::string_view text) {
  if (text == "debug") return level::debug;
  if (text == "info") return level::info;
  if (text == "warn") return level::warn;
  if (text == "error") return level::error;
  return fail(errc::invalid, "log level is one of debug, info, warn, error");
}

}  // namespace vss::log
