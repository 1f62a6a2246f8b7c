#pragma once
// The SCRAM-SHA-256 verifier of a password (RFC 5802, RFC 7677) as PostgreSQL stores it, made here so that the clear
// text never travels: alter role ... password '<verifier>'. ASCII passwords only (no SASLprep).
#include "base/ids.hpp"
#include "base/secret.hpp"

namespace vss::net {

std::string scram_verifier(const secret& password, random_source& random, int iterations = 4096);

}  // namespace vss::net
