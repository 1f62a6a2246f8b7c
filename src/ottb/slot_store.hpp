#pragma once
// The SQL behind slots' routes: one slot by one prepared statement, lists by the query language, the timeline,
// attribute changes as steps that run in one transaction with the command they cause.
#include <optional>
#include <string>

#include "net/postgres.hpp"
#include "ottb/hub_page.hpp"
#include "ottb/slot_query.hpp"
#include "ottb/slot_view.hpp"

namespace vss::ottb {

struct slot_found {
  slot_view view;
  std::string version;  // changes with every change of what the view shows
};

class slot_store {
 public:
  explicit slot_store(net::pg_pool& db) : db_(db) {}

  task<result<slot_found>> find(std::string number);
  task<result<slot_page>> list(slot_query query, page_wish wish);
  task<result<slot_timeline>> timeline(std::string number, page_wish wish);
  // Raw sealed bytes of the SIP password; not_found, or conflict while the slot has none.
  task<result<std::string>> sealed_password(std::string number);
  // precondition: the slot changed since `version`; conflict: it is busy, or the device is not free.
  task<result<void>> swap(std::string number, std::string version, std::string device);
  task<result<void>> retire(std::string number, std::string version);

  static net::step drain(const std::string& number, bool on);
  static net::step lock(const std::string& number, bool on, const std::string& reason);
  static net::step release(const std::string& number);  // out of quarantine
  static net::step credentials(const std::string& number, const std::string& sealed, const std::string& ha1);

 private:
  net::pg_pool& db_;
};

}  // namespace vss::ottb
