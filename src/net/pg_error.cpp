#include "net/pg_error.hpp"

#include "base/log.hpp"

namespace vss::net {

errc kind_of_sqlstate(std::string_view sqlstate) {
  struct entry {
    std::string_view prefix;
    errc kind;
  };
  // The first match wins: whole codes stand before their classes.
  static constexpr entry table[] = {
      {"23505", errc::conflict},  {"23P01", errc::conflict}, {"23503", errc::conflict}, {"40", errc::conflict},
      {"55P03", errc::conflict},  {"23", errc::invalid},     {"22", errc::invalid},     {"57014", errc::timeout},
      {"57", errc::unavailable},  {"08", errc::unavailable}, {"53", errc::unavailable}, {"25006", errc::unavailable},
      {"42501", errc::forbidden}, {"28", errc::unavailable}, {"58", errc::unavailable},
  };
  for (const auto& one : table) {
    if (sqlstate.starts_with(one.prefix)) return one.kind;
  }
  return errc::internal;
}

bool ends_connection(std::string_view sqlstate) {
  // 25006: the primary became a standby. 26000 and 0A000: our prepared statement is gone or its result type changed.
  if (sqlstate == "57014") return false;
  return sqlstate.starts_with("57") || sqlstate.starts_with("08") || sqlstate == "25006" || sqlstate == "26000" ||
         sqlstate == "0A000";
}

namespace {

std::string_view field_of(const PGresult* failed, int which) {
  const char* text = PQresultErrorField(failed, which);
  return text == nullptr ? std::string_view{} : std::string_view(text);
}

std::string_view first_said(std::string_view a, std::string_view b, std::string_view c) {
  if (!a.empty()) return a;
  return b.empty() ? c : b;
}

}  // namespace

error pg_error(const PGresult* failed, std::string_view statement) {
  const auto sqlstate = field_of(failed, PG_DIAG_SQLSTATE);
  const auto kind = sqlstate.empty() ? errc::unavailable : kind_of_sqlstate(sqlstate);
  const auto constraint = field_of(failed, PG_DIAG_CONSTRAINT_NAME);
  const auto column = field_of(failed, PG_DIAG_COLUMN_NAME);
  // The text of a defect of ours (class 42: unknown column ...) holds our own words only.
  const auto told = sqlstate.starts_with("42") ? field_of(failed, PG_DIAG_MESSAGE_PRIMARY) : std::string_view{};
  if (kind == errc::internal || kind == errc::unavailable || kind == errc::forbidden) {
    log::warn("net", "postgres_refused",
              {{"statement", statement},
               {"sqlstate", sqlstate},
               {"kind", name(kind)},
               {"constraint", constraint},
               {"told", told}});
  }
  switch (kind) {
    case errc::conflict:
      return {kind, std::string(first_said(constraint, "serialization", ""))};
    case errc::invalid:
      return {kind, std::string(first_said(constraint, column, "a value does not fit its column"))};
    case errc::timeout:
      return {kind, std::string(statement) + " took too long"};
    case errc::unavailable:
      return {kind, "the database is not available"};
    case errc::forbidden:
      return {kind, "the database role may not do this"};
    default:
      return {kind, "statement " + std::string(statement) + " failed with SQLSTATE " + std::string(sqlstate)};
  }
}

error pg_lost(std::string_view doing) {
  log::warn("net", "postgres_lost", {{"statement", doing}});
  return {errc::unavailable, "the connection to the database broke"};
}

}  // namespace vss::net
