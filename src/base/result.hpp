#pragma once
// Errors are values. `result<T>` is what every operation that can fail returns; `errc` is the whole product's list of
// kinds, and net/problem maps each kind to one HTTP status (RFC 9457). `invalid` carries every problem by JSON pointer.
#include <cstdint>
#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace vss {

enum class errc : std::uint8_t {
  not_found,     // 404: no such thing, or the caller may not know that it exists
  conflict,      // 409: the thing is in another state
  invalid,       // 422: the input is wrong; `problems` says where
  unauthorized,  // 401: who are you
  forbidden,     // 403: you may not
  refused,       // 403 with a reason a user needs (law, limits)
  precondition,  // 412: If-Match does not match
  too_large,     // 413: body, frame, file, queue
  too_many,      // 429: rate or queue limit; retry later
  unavailable,   // 503: an engine is away
  timeout,       // 504: no answer in time
  internal,      // 500: our defect
};

// One wrong place of an input: a JSON pointer (RFC 6901) and what is wrong there.
struct problem {
  std::string pointer;
  std::string message;
};

struct error {
  errc kind = errc::internal;
  std::string message;
  std::vector<problem> problems{};
  std::string type{};  // what a client must tell apart from others of its kind ("second-factor"); "" = the kind says it
};

template <class T>
using result = std::expected<T, error>;

inline std::unexpected<error> fail(errc kind, std::string message) {
  return std::unexpected(error{kind, std::move(message)});
}
inline std::unexpected<error> fail(error what) { return std::unexpected(std::move(what)); }
inline std::unexpected<error> fail_as(errc kind, std::string type, std::string message) {
  return std::unexpected(error{kind, std::move(message), {}, std::move(type)});
}
inline std::unexpected<error> invalid(std::string pointer, std::string message) {
  error what{errc::invalid, "the input is not valid"};
  what.problems.push_back({std::move(pointer), std::move(message)});
  return std::unexpected(std::move(what));
}

// The snake_case name of a kind ("not_found"): log field, metric label and the tail of the problem type.
const char* name(errc kind);

}  // namespace vss
