#pragma once
// Imports a file of leads: read as a stream, every number made E.164, sealed, and stored in one transaction. Rows with
// faults are left out and listed; a file that cannot be read at all changes nothing.
#include "base/ids.hpp"
#include "ottb/import_row.hpp"
#include "ottb/lead_store.hpp"
#include "point/api.hpp"

namespace vss::ottb {

struct import_request {
  std::string campaign;
  std::string filename;
  std::string by;
  import_mapping mapping;
  char delimiter = 0;
};

class import_service {
 public:
  import_service(net::pg_pool& db, point::vault& vault, const clock& time, random_source& random);
  task<result<import_record>> run(import_request request, std::string text);
  // For ever, each minute: imports whose server died are failed.
  task<void> care();
  lead_store& store() { return store_; }

 private:
  struct work;
  task<result<void>> store_rows(std::shared_ptr<work> job);
  task<result<void>> read_all(std::shared_ptr<work> job, const std::string& text);

  lead_store store_;
  point::vault& vault_;
  const clock& time_;
  random_source& random_;
};

}  // namespace vss::ottb
