#pragma once
// How hubs get, keep and lose their identity. A one-time token (15 minutes) buys the first certificate; the certificate
// in force, also an expired one, proves the next (by the connection or by a signature); a revocation counts within a
// second in every process.
#include "link/enrol.hpp"
#include "point/archont_directory.hpp"
#include "point/archont_shapes.hpp"
#include "point/asker.hpp"
#include "point/backoff_store.hpp"
#include "point/certificates.hpp"

namespace vss::point {

constexpr auto enrol_token_life = std::chrono::minutes(15);

struct enrolment_parts {
  net::pg_pool& db;
  const certificate_authority& ca;
  audit& log;
  const clock& time;
  random_source& random;
};

class enrolment {
 public:
  explicit enrolment(enrolment_parts parts) : p_(parts), store_(p_.db), backoff_(p_.db) {}

  // conflict: the label belongs to an enrolled or revoked archont (`replace` admits an enrolled one: lost keys).
  task<result<enrol_token_answer>> make_token(asker by, enrol_token_input input);
  // unauthorized: the token is unknown, used or late, all the same to the caller.
  task<result<link::enrol_answer>> enrol(asker by, link::enrol_request input);
  // `shown`: fingerprint of the connection's own certificate, "" without. unauthorized: no proof, or superseded.
  task<result<link::enrol_answer>> renew(asker by, link::renew_request input, std::string shown);
  task<result<archont_view>> revoke(asker by, std::string id, std::string reason);
  task<result<archont_page>> page(std::string after, int limit);
  task<result<archont_view>> one(std::string id);

 private:
  result<std::string> proven_fingerprint(const link::renew_request& input, const std::string& shown) const;
  task<result<link::enrol_answer>> put_next(asker by, archont_row row, issued_certificate made);
  link::enrol_answer answer_of(const archont_row& row, const issued_certificate& made) const;

  enrolment_parts p_;
  archont_store store_;
  backoff_store backoff_;
};

archont_view view_of(const archont_row& row);

}  // namespace vss::point
