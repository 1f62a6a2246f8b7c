#pragma once
// The vault over PostgreSQL: data keys of subjects stand wrapped in point.subject and are unwrapped for one call only,
// so that an erased subject is gone at once in every process.
#include "point/api.hpp"
#include "point/envelope.hpp"
#include "point/subject_store.hpp"

namespace vss::point {

class subject_vault final : public vault {
 public:
  subject_vault(net::pg_pool& db, const envelope& box) : store_(db), box_(box) {}
  std::string blind_index(const e164& number) const override { return box_.blind_index(number); }
  std::string edge_hash(const e164& number) const override { return box_.edge_hash(number); }
  // In the order of the items; at most 5,000 of them. All or none.
  task<result<std::vector<std::string>>> seal(std::vector<item> items) override;
  task<result<std::string>> open(std::string subject, std::string place, std::string sealed) override;
  std::string seal_site(std::string_view place, std::string_view text) const override {
    return box_.seal_site(place, text);
  }
  result<secret> open_site(std::string_view place, std::string_view sealed) const override {
    return box_.open_site(place, sealed);
  }
  // not_found when there was nothing to erase.
  task<result<void>> erase_subject(std::string subject) override;

 private:
  subject_store store_;
  const envelope& box_;
};

}  // namespace vss::point
