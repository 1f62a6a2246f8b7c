#pragma once
// The permit desk over PostgreSQL (F-01 step 3 and 4): loads a snapshot, asks the pure rules, and moves the permit by
// one compare-and-set. What it decides, and by which versions of what, is stored in ottb.decision.
#include "base/ids.hpp"
#include "ottb/dnc_service.hpp"
#include "ottb/permit.hpp"
#include "ottb/permit_store.hpp"
#include "ottb/profile_cache.hpp"
#include "ottb/report_service.hpp"
#include "point/api.hpp"

namespace vss::ottb {

struct permit_options {
  int lan_seconds = 3;
  int vpn_seconds = 10;
};

class permit_service final : public permit_desk {
 public:
  permit_service(net::pg_pool& db, point::vault& vault, const clock& time, random_source& random,
                 profile_cache& profiles, dnc_service& dnc, report_service& reports, permit_options options);

  task<result<link::permit_answer>> issue(std::string hub, link::permit_request request) override;
  task<result<std::variant<consumed_permit, permit_refusal>>> consume(std::string permit, std::string slot,
                                                                      std::string slot_call_id) override;
  task<result<std::variant<edge_decision, permit_refusal>>> send(std::string permit, e164 to,
                                                                 std::string lead_call_id) override;
  task<result<void>> ringing(std::string attempt, instant at, int trunk) override;
  task<result<void>> answered(std::string attempt, instant at, int trunk) override;
  task<result<void>> ended(call_end facts) override;
  task<result<void>> opt_out(std::string attempt, std::string how) override;

 private:
  task<result<link::permit_answer>> grant(std::string hub, link::permit_request request, permit_facts facts);
  task<result<link::permit_answer>> deny(link::permit_request request, permit_facts facts, decision why);
  std::string inputs(const permit_facts& facts) const;

  permit_store store_;
  point::vault& vault_;
  const clock& time_;
  random_source& random_;
  profile_cache& profiles_;
  dnc_service& dnc_;
  report_service& reports_;
  permit_options options_;
};

}  // namespace vss::ottb
