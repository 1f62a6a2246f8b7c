#pragma once
// WORKSPACE's permissions: what each lets one do and which roles have it from the start. Each live topic asks besides
// for the permission of the module whose facts it shows (live_room.hpp).
#include <array>

#include "net/permission.hpp"

namespace vss::workspace {

inline constexpr auto permissions = std::to_array<net::permission>({
    {"workspace.live.open", "receive live data in the console",
     "admin supervisor operator engineer data viewer auditor owner security"},
    {"workspace.health.read", "see the health of the platform", "admin supervisor engineer data owner"},
});

}  // namespace vss::workspace
