#pragma once
// What a hub must not forget, in one SQLite file: numbered messages until their ack, reports and CDRs until they are
// taken, the desired configuration, and intents (a crash after one is `unknown`, never a second call). WAL with
// synchronous=NORMAL: a killed process loses nothing; a power cut may lose the last moments, which the server notices
// by the generation. Bounds: 200,000 messages, 200,000 CDRs, 200,000 reports; past a bound the oldest hub_event goes
// first, then new items are refused with too_large and the archont says so.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace vss::archont {

class journal {
 public:
  explicit journal(const std::string& path);  // throws when the file cannot be opened
  ~journal();
  journal(const journal&) = delete;
  journal& operator=(const journal&) = delete;

  // Small values by name: "generation", "last_received", "config", "config_hash", "epoch:<slot>".
  std::optional<std::string> value(const std::string& key) const;
  void set(const std::string& key, const std::string& value);
  std::int64_t count(const std::string& key);  // +1 and answers the new value; starts at 1

  struct message {
    std::int64_t n;
    std::string t;
    std::string body;  // JSON
  };
  // Gives the message its number. Numbers only grow, also over restarts.
  result<std::int64_t> add_message(const std::string& t, const std::string& body);
  std::vector<message> messages_after(std::int64_t n, std::size_t most) const;
  void drop_messages(std::int64_t upto);
  std::int64_t last_message() const;
  // The server has seen more than this file remembers (a power cut): go on above it.
  void raise_last_message(std::int64_t at_least);

  enum class spool : std::uint8_t { report, cdr };
  struct item {
    std::string id;
    std::string body;
  };
  result<void> put(spool where, const std::string& id, const std::string& body);  // a repeat replaces nothing
  std::vector<item> first(spool where, std::size_t most) const;
  void drop(spool where, const std::vector<std::string>& ids);

  // An attempt that may have been dialled. `true`: new; `false`: this attempt was begun before (a duplicate delivery).
  bool begin_attempt(const std::string& attempt, const std::string& slot, std::int64_t epoch, const std::string& trail);
  bool knows_attempt(const std::string& attempt) const;
  void end_attempt(const std::string& attempt);
  struct intent {
    std::string attempt;
    std::string slot;
    std::int64_t epoch;
    std::string trail;
  };
  std::vector<intent> open_attempts() const;  // begun and not ended: of a life that was cut short
  // A command's answer, so that a repeat is answered again and not done again.
  std::optional<std::string> command_answer(const std::string& id) const;
  void keep_command_answer(const std::string& id, const std::string& answer);

  std::int64_t depth() const;  // messages, reports and CDRs that wait

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace vss::archont
