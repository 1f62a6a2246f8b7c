#pragma once
// Leads as people see them: masked, searched by number without the number in a URL, revealed only with permission and a
// trace, and explained: why is this person called or not, and when.
#include "ottb/explain.hpp"
#include "ottb/import_service.hpp"
#include "ottb/pacer_store.hpp"
#include "ottb/profile_cache.hpp"

namespace vss::ottb {

// A lead with its number masked.
struct shown_lead {
  lead_record row;
  std::string number;  // "+7495•••••67"
};

class lead_service {
 public:
  lead_service(net::pg_pool& db, point::vault& vault, const clock& time, random_source& random,
               profile_cache& profiles);

  task<result<shown_lead>> get(std::int64_t id);
  task<result<std::vector<shown_lead>>> list(lead_filter filter, std::int64_t after, int limit);
  task<result<std::string>> reveal(std::int64_t id);      // +E.164: the caller has the permission and leaves a trace
  task<result<std::string>> attributes(std::int64_t id);  // JSON of what the import kept
  task<result<explanation>> explain(std::int64_t id);
  // An opaque id for a number; `found` lists what it stands for, for the same person within an hour.
  task<result<std::string>> search(e164 number, std::string by);
  task<result<std::vector<shown_lead>>> found(std::string search, std::string by, std::int64_t after, int limit);
  lead_store& store() { return store_; }

 private:
  task<result<std::vector<shown_lead>>> masked_all(std::vector<lead_record> rows);
  lead_store store_;
  pacer_store campaigns_;
  point::vault& vault_;
  const clock& time_;
  random_source& random_;
  profile_cache& profiles_;
};

}  // namespace vss::ottb
