#pragma once
// What POINT's routes take and answer about the second factor.
#include "base/dto.hpp"

namespace vss::point {

struct password_proof {
  secret password;
};
BOOST_DESCRIBE_STRUCT(password_proof, (), (password))
inline auto dto_rules(const password_proof*) { return dto::rules(dto::length<&password_proof::password>(1, 256)); }

// Shown while it is set up and never again.
struct factor_offer {
  std::string secret;  // base32, to be typed
  std::string uri;     // otpauth://, to be shown as a picture
};
BOOST_DESCRIBE_STRUCT(factor_offer, (), (secret, uri))

struct factor_code {
  secret code;
};
BOOST_DESCRIBE_STRUCT(factor_code, (), (code))
inline auto dto_rules(const factor_code*) { return dto::rules(dto::length<&factor_code::code>(1, 64)); }

// Shown once and never again; each is good for one login.
struct recovery_code_list {
  std::vector<std::string> recovery_codes;
};
BOOST_DESCRIBE_STRUCT(recovery_code_list, (), (recovery_codes))

}  // namespace vss::point
