#pragma once
// The slot's eight states and its kinds: the words that server, archont, API and console share.
#include <boost/describe/enum.hpp>
#include <cstdint>

namespace vss::link {

enum class slot_state : std::uint8_t { IDLE, ASSIGNED, REGISTERING, READY, CALLING, ACTIVE_CALL, POSTCALL, FAULT };
BOOST_DESCRIBE_ENUM(slot_state, IDLE, ASSIGNED, REGISTERING, READY, CALLING, ACTIVE_CALL, POSTCALL, FAULT)

enum class slot_kind : std::uint8_t { AUTO, MF, LS };
BOOST_DESCRIBE_ENUM(slot_kind, AUTO, MF, LS)

// How an attempt ended (docs/flows.md F-11). `refused`: the law or a limit said no and nothing was dialled; `blocked`:
// the edge's last barrier said no; `abandoned`: our side left before the answer; `unknown`: it may have been answered.
enum class outcome : std::uint8_t {
  answered,
  busy,
  no_answer,
  rejected,
  invalid,
  failed,
  blocked,
  abandoned,
  refused,
  unknown
};
BOOST_DESCRIBE_ENUM(outcome, answered, busy, no_answer, rejected, invalid, failed, blocked, abandoned, refused, unknown)

}  // namespace vss::link
