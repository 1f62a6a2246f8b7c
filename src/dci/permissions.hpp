#pragma once
// DCI's permissions: what each lets one do and which roles have it from the start.
#include <array>

#include "net/permission.hpp"

namespace vss::dci {

inline constexpr auto permissions = std::to_array<net::permission>({
    {"dci.cdr.read", "see call detail records (no telephone numbers)",
     "admin supervisor operator engineer data viewer auditor owner"},
    {"dci.event.read", "see the events log", "admin supervisor engineer data auditor security"},
    {"dci.summary.read", "see counts of calls by outcome",
     "admin supervisor operator engineer data viewer auditor owner"},
    {"dci.retention.read", "see how long calls and events are kept",
     "admin supervisor engineer data auditor security owner"},
    {"dci.retention.write", "change how long calls and events are kept: what is beyond goes for good", "admin"},
});

}  // namespace vss::dci
