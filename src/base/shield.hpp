#pragma once
// The way out of a coroutine that owns others: whoever was cancelled still has to await the end of what it began.
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>

namespace vss {

// `co_await shield();` - from here on the calling coroutine is not cancelled any more. For the way out only: everything
// after it must be short or have a limit of its own. Not a coroutine itself: awaiting one would throw at once.
inline auto shield() { return boost::asio::this_coro::reset_cancellation_state(boost::asio::disable_cancellation()); }

}  // namespace vss
