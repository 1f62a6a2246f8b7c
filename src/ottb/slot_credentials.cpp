#include "ottb/slot_credentials.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace vss::ottb {

std::string digest_ha1(const std::string& user, const std::string& realm, const secret& password) {
  const std::string text = user + ":" + realm + ":" + password.reveal();
  std::array<unsigned char, 16> digest{};
  if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_md5(), nullptr) != 1) {
    throw std::runtime_error("MD5 is not available, and SIP digest needs it");
  }
  return hex(digest);
}

std::string sip_password_place(const std::string& number) { return "ottb.slot.sip_password:" + number; }

slot_credentials make_credentials(const std::string& number, const std::string& realm, random_source& random,
                                  const point::vault& vault) {
  slot_credentials out;
  out.password = secret(random_hex(random, 16));
  out.ha1 = digest_ha1(number, realm, out.password);
  out.sealed = vault.seal_site(sip_password_place(number), out.password.reveal());
  return out;
}

}  // namespace vss::ottb
