#pragma once
// Bytes to messages, without I/O: Beast's parser behind a strict guard. The guard refuses what two parsers could read
// differently (bare LF, obs-fold, CL+TE, two lengths, blanks before a colon, control bytes): RFC 9112
// sections 2.2, 5.1, 6.3.
#include <memory>
#include <optional>
#include <string>

#include "net/http.hpp"

namespace vss::net {

constexpr std::size_t head_limit = 16 * 1024;

// Why a message is refused: the status to answer and one sentence.
struct http_fault {
  int status = 400;
  std::string why;
};

// Checks a whole head, from the first byte to the empty line. Empty: it is well-formed.
std::optional<http_fault> head_fault(std::string_view head, bool request);

// Splits, decodes and checks a request target into path and query. Refused: bad escapes, encoded slashes and NUL, dot
// segments, a query parameter given twice.
std::optional<http_fault> read_target(std::string_view target, http_request& into);
// "%D0%9F+x" -> text; empty when an escape is wrong. `plus`: '+' means a blank (queries).
std::optional<std::string> unescape(std::string_view text, bool plus);

// Reads one message: first its head alone, then its body. What `feed` did not use comes again with the next call or
// belongs to the next message.
class http_reader {
 public:
  enum class kind : std::uint8_t { request, response, response_to_head };
  http_reader(kind what, std::size_t body_limit);
  ~http_reader();
  http_reader(http_reader&&) noexcept;
  http_reader& operator=(http_reader&&) noexcept;

  // How many bytes were used. After a fault nothing more is taken.
  std::size_t feed(std::string_view bytes);
  void end_of_stream();  // a response without length ends here; anything else is a fault
  void refuse(http_fault why);
  bool head_done() const;
  bool done() const;
  const std::optional<http_fault>& fault() const;
  bool keep_alive() const;
  bool upgrade() const;
  bool expects_continue() const;
  void body_limit(std::size_t bytes);  // after the head, before the body

  http_request& request();
  http_response& response();

 private:
  struct state;
  std::size_t feed_head(std::string_view all, std::size_t before, std::size_t fresh);
  std::unique_ptr<state> state_;
};

}  // namespace vss::net
