#pragma once
// Hubs' identities in memory, refreshed by the change feed; a fingerprint that is not known yet is looked up once.
#include <functional>
#include <map>
#include <string>

#include "base/scope.hpp"
#include "point/api.hpp"
#include "point/archont_store.hpp"
#include "point/change_feed.hpp"

namespace vss::point {

class archont_directory final : public identities {
 public:
  archont_directory(net::pg_pool& db, change_feed& feed, const clock& time);
  // unauthorized: unknown, revoked, superseded. unavailable: nobody can say now. An expired certificate does not get
  // here (the TLS listener refuses it), but is refused all the same.
  task<result<archont_identity>> archont(std::string fingerprint) override;
  void on_revoked(std::function<void(std::string)> revoked) override { on_revoked_.push_back(std::move(revoked)); }
  void on_enrolled(std::function<void(archont_row)> enrolled) { on_enrolled_.push_back(std::move(enrolled)); }

 private:
  task<result<void>> reload(std::string id);
  void learn(archont_row row);
  void forget(const std::string& id);

  archont_store store_;
  change_feed& feed_;
  const clock& time_;
  std::map<std::string, archont_row, std::less<>> by_id_;
  std::map<std::string, std::string, std::less<>> by_fingerprint_;  // in force and next -> id
  std::vector<std::function<void(std::string)>> on_revoked_;
  std::vector<std::function<void(archont_row)>> on_enrolled_;
};

}  // namespace vss::point
