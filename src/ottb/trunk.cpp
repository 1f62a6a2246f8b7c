#include "ottb/trunk.hpp"

#include <algorithm>

namespace vss::ottb {

bool on_loopback(std::string_view host) {
  if (!host.starts_with("127.") || host.size() > 15) return false;
  int dots = 0;
  int digits = 0;
  int value = 0;
  for (const char c : host) {
    if (c == '.') {
      if (digits == 0) return false;
      ++dots;
      digits = value = 0;
    } else if (c >= '0' && c <= '9') {
      value = value * 10 + (c - '0');
      if (++digits > 3 || value > 255) return false;
    } else {
      return false;
    }
  }
  return dots == 3 && digits > 0;
}

std::vector<problem> check_trunk(const trunk_input& input, bool has_secret) {
  std::vector<problem> out;
  if (input.simulated && !on_loopback(input.host)) {
    out.push_back({"/simulated", "a simulated trunk stands on the loopback: its host is 127.x.x.x"});
  }
  const bool knows_secret = has_secret || input.auth_secret.has_value();
  if (input.mode == "register") {
    if (!input.auth_user) out.push_back({"/auth_user", "a trunk that registers needs a user"});
    if (!input.auth_realm) out.push_back({"/auth_realm", "a trunk that registers needs the carrier's realm"});
    if (!knows_secret) out.push_back({"/auth_secret", "a trunk that registers needs a secret"});
  }
  if (input.auth_secret && (!input.auth_user || !input.auth_realm)) {
    out.push_back({"/auth_secret", "a secret belongs to a user and a realm"});
  }
  if (input.transport == "tls" && input.simulated) {
    out.push_back({"/transport", "a simulated trunk speaks udp or tcp"});
  }
  return out;
}

}  // namespace vss::ottb
