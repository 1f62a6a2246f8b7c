#pragma once
// POINT, put together: what app builds once per process. `prepare` seeds roles and keys and reads everything (start-up
// stops when it fails); `start` begins the long-running work in the given scope; routes come from add_routes.
#include <vector>

#include "net/permission.hpp"
#include "point/audit_log.hpp"
#include "point/audit_verify.hpp"
#include "point/browser_sign_in.hpp"
#include "point/checkpoints.hpp"
#include "point/enrolment.hpp"
#include "point/people.hpp"
#include "point/second_factor.hpp"
#include "point/sign_in.hpp"
#include "point/subject_vault.hpp"

namespace vss::point {

struct service_options {
  net::pg_options postgres;  // for the audit log's own connection
  site_secrets secrets;
  std::string checkpoints;  // file outside PostgreSQL
  std::string ca_certificate;
  std::string ca_key;
  std::vector<net::permission> permissions;  // of all modules
  std::string site;                          // its name, which is no good password
};

class service {
 public:
  // Throws when a key or the certificate authority is missing or wrong.
  service(scope& work, net::pg_pool& db, const clock& time, random_source& random, service_options options);

  task<result<void>> prepare();
  void start();
  // Before a graceful stop: the last rows of the audit log get their checkpoint.
  task<void> finish();

  point::vault& vault() { return vault_; }
  point::audit& audit() { return log_; }
  point::identities& identities() { return hubs_; }
  // For net::router, WebSocket upgrades and whatever else asks who somebody is.
  task<result<net::principal>> authenticate(const net::http_request& request) { return access_.authenticate(request); }
  // For net::router: denials, routes that name an audit action; POINT's own routes write their successes themselves.
  task<void> record(const net::call& what, const net::route& route, int status);
  // Sessions that ended, people whose roles changed: within 1 s, in every process.
  void on_access_revoked(std::function<void(access_revoked)> revoked) { access_.on_revoked(std::move(revoked)); }
  void on_enrolled(std::function<void(archont_enrolled)> enrolled);
  permission_set known_permissions() const { return access_.every_permission(); }
  bool ready() const { return feed_.fresh(); }

  // For routes and `vss admin`.
  point::access& rights() { return access_; }
  point::sign_in& sign_in() { return sign_in_; }
  browser_sign_in& browsers() { return browsers_; }
  point::second_factor& second_factor() { return second_factor_; }
  point::people& people() { return people_; }
  point::enrolment& enrolment() { return enrolment_; }
  key_ring& keys() { return keys_; }
  task<result<audit_page>> audit_entries(audit_filter what, std::int64_t before, int limit);
  task<result<audit_verification>> verify_audit(asker by);
  task<result<void>> rotate_keys(asker by, bool at_once);
  role_list roles() const;
  std::vector<std::string> password_context() const { return {"vss", "demiurge", options_.site}; }

 private:
  task<void> chores();

  scope& work_;
  net::pg_pool& db_;
  const clock& time_;
  random_source& random_;
  service_options options_;
  envelope box_;
  certificate_authority ca_;
  change_feed feed_;
  key_ring keys_;
  archont_directory hubs_;
  point::access access_;
  subject_vault vault_;
  audit_log log_;
  checkpoint_keeper checkpoints_;
  password_desk passwords_;
  login_gate gate_;
  point::sign_in sign_in_;
  browser_sign_in browsers_;
  point::second_factor second_factor_;
  point::people people_;
  point::enrolment enrolment_;
};

void add_routes(net::router& to, service& point);

}  // namespace vss::point
