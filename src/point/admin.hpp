#pragma once
// What `vss admin` does to POINT without going through REST, because there is nobody yet to ask or nothing that may be
// trusted to answer: the first administrator, tokens for roles, verification of the audit log. The actor in the audit
// log is "cli:<unix user>". The service must be prepared and started.
#include "point/service.hpp"

namespace vss::point {

// "cli:<name of the unix user>"
asker command_line();

// "45s", "15m", "8h", "30d"; 1 s to 31 days.
result<seconds> parse_life(std::string_view text);

// A root with a one-time password, shown once; conflict when there is anybody at all.
task<result<person_created>> create_first_administrator(service& point, std::string login, std::string display_name);

// An access token without a person for one role, people's or machines'; it ends with `life` or by DELETE
// /point/sessions/{session}.
task<result<secret>> token_for_role(service& point, std::string role, seconds life);

// Needs no server: SQL, the checkpoint file and the key-encryption key.
task<result<verification>> verify_audit_offline(net::pg_pool& db, site_secrets secrets, std::string checkpoints,
                                                instant now);

}  // namespace vss::point
