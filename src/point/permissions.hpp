#pragma once
// POINT's permissions: what each lets one do and which roles have it from the start.
#include <array>

#include "net/permission.hpp"

namespace vss::point {

inline constexpr auto permissions = std::to_array<net::permission>({
    {"point.self.read", "see one's own name, roles and sessions",
     "admin security auditor supervisor operator engineer data viewer owner"},
    {"point.self.update", "change one's own password, end one's own sessions",
     "admin security auditor supervisor operator engineer data viewer owner"},
    {"point.person.read", "see people and their roles", "admin security auditor supervisor"},
    {"point.person.create", "add a person", "admin security"},
    {"point.person.update", "change a person's name, roles and state", "admin security"},
    {"point.password.reset", "give a person a one-time password", "admin security"},
    {"point.factor.update", "set up and take off one's own second factor",
     "admin security auditor supervisor operator engineer data viewer owner"},
    {"point.factor.reset", "take off a person's second factor", "admin security"},
    {"point.session.read", "see who is signed in and from where", "admin security auditor"},
    {"point.session.revoke", "end sessions of others", "admin security"},
    {"point.role.read", "see roles, permissions and why somebody may or may not", "admin security auditor supervisor"},
    {"point.role.update", "change what a role may do", "security"},
    {"point.archont.read", "see hubs' identities", "admin security auditor engineer supervisor"},
    {"point.archont.enrol", "make one-time enrolment tokens", "admin security engineer"},
    {"point.archont.revoke", "end a hub's identity", "admin security"},
    {"point.audit.read", "read the security audit log", "security auditor"},
    {"point.audit.verify", "verify the hash chain of the audit log", "security auditor"},
    {"point.key.read", "see the signing keys and their states", "security auditor"},
    {"point.key.rotate", "change the key that signs access tokens", "security"},
});

}  // namespace vss::point
