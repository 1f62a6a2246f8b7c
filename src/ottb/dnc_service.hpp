#pragma once
// The do-not-call lists: numbers come in once, are kept as blind index and edge hash only, and whoever compares them
// (the permit desk by PostgreSQL, the edge by its own table) knows within a second in every process.
#include "base/scope.hpp"
#include "ottb/dnc_store.hpp"
#include "ottb/events.hpp"
#include "ottb/phone.hpp"
#include "point/api.hpp"

namespace vss::ottb {

class dnc_service {
 public:
  dnc_service(net::pg_pool& db, point::vault& vault, scope& life);
  // Hears what any process lists and removes; app gives it to the edge.
  void on_change(dnc_changed_fn heard) { heard_ = std::move(heard); }
  void start();

  struct request {
    std::string scope = "global";
    std::string source;
    std::string reason;
    std::string by;
  };
  task<result<bool>> add(e164 number, request why);
  task<result<void>> remove(e164 number, std::string scope);
  task<result<void>> remove_index(std::string index, std::string scope);
  task<result<std::vector<dnc_entry>>> of(e164 number);
  task<result<std::vector<dnc_entry>>> list(std::string scope, std::string after_index, int limit);

 private:
  void heard(const std::string& news);
  dnc_store store_;
  net::pg_pool& db_;
  point::vault& vault_;
  scope& life_;
  dnc_changed_fn heard_;
};

}  // namespace vss::ottb
