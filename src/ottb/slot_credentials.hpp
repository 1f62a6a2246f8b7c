#pragma once
// SIP credentials of a slot: a random password that only the slot's hub and an engineer ever see, sealed at rest, and
// the digest HA1 that the edge compares. Pure but for the randomness and the vault it is given.
#include <string>

#include "base/ids.hpp"
#include "base/secret.hpp"
#include "point/api.hpp"

namespace vss::ottb {

struct slot_credentials {
  secret password;     // 32 hex digits
  std::string ha1;     // md5(user:realm:password), RFC 2617; what the edge keeps
  std::string sealed;  // raw bytes for ottb.slot.sip_password_sealed
};

std::string digest_ha1(const std::string& user, const std::string& realm, const secret& password);
std::string sip_password_place(const std::string& number);
slot_credentials make_credentials(const std::string& number, const std::string& realm, random_source& random,
                                  const point::vault& vault);

}  // namespace vss::ottb
