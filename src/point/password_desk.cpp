#include "point/password_desk.hpp"

namespace vss::point {

// The job may outlive a cancelled caller, so both own what they share; randomness is drawn on this thread.
task<result<std::string>> password_desk::hash(secret password) {
  const auto out = std::make_shared<std::string>();
  const auto salt = std::make_shared<std::string>(new_salt(random_));
  const std::function<void()> job = [out, salt, password] { *out = hash_password(password, *salt); };
  auto ran = co_await pool_.run(job);
  if (!ran) co_return fail(std::move(ran.error()));
  co_return *out;
}

task<result<bool>> password_desk::verify(std::string phc, secret password) {
  const auto out = std::make_shared<bool>(false);
  const std::function<void()> job = [out, phc, password] { *out = verify_password(phc, password); };
  auto ran = co_await pool_.run(job);
  if (!ran) co_return fail(std::move(ran.error()));
  co_return *out;
}

}  // namespace vss::point
