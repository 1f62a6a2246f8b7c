#pragma once
// Campaigns as people handle them: create, change, and the verbs of their life. What a verb does beyond the state -
// taking queued attempts back, waking pacers - happens here.
#include "base/ids.hpp"
#include "net/router.hpp"
#include "ottb/campaign_store.hpp"
#include "ottb/events.hpp"
#include "ottb/profile_cache.hpp"

namespace vss::ottb {

class campaign_service {
 public:
  campaign_service(net::pg_pool& db, const clock& time, random_source& random, profile_cache& profiles);
  void on_change(campaign_changed_fn heard) { heard_.push_back(std::move(heard)); }

  task<result<campaign_view>> create(campaign_input input, std::string by);
  task<result<campaign_view>> change(std::string id, std::int64_t version, campaign_input input);
  // start, pause, resume, drain, stop. `version`: the one the caller saw, if it cares.
  task<result<campaign_view>> apply(std::string id, campaign_verb verb, std::optional<std::int64_t> version,
                                    std::string by);
  task<result<named_document>> add_profile(std::string name, std::string document);
  task<result<named_document>> add_flow(std::string name, std::string document);
  std::string new_id() { return make_uuid(time_, random_); }
  campaign_store& store() { return store_; }

 private:
  task<result<campaign_input>> complete(campaign_input input);

  campaign_store store_;
  const clock& time_;
  random_source& random_;
  profile_cache& profiles_;
  std::vector<campaign_changed_fn> heard_;
};

void add_routes(net::router& routes, campaign_service& campaigns);

}  // namespace vss::ottb
