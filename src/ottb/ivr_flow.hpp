#pragma once
// An IVR flow: what a campaign's answered lead, or a caller of 1001, hears and may press. Pure: the document, its
// check, and a machine that turns events (prompt finished, digit, silence) into actions. ottb/pbx_*.cpp does what it
// says.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/dto.hpp"

namespace vss::ottb {

struct ivr_gather {
  std::int32_t max = 1;            // digits; "#" ends earlier
  std::int32_t timeout_ms = 4000;  // of silence after the prompt or the last digit
};
BOOST_DESCRIBE_STRUCT(ivr_gather, (), (max, timeout_ms))
inline auto dto_rules(const ivr_gather*) {
  return dto::rules(dto::range<&ivr_gather::max>(1, 16), dto::range<&ivr_gather::timeout_ms>(500, 30000));
}

// Plays, then gathers and branches on the digits ("" = nothing pressed, "else" = anything else), or goes on, or ends.
struct ivr_node {
  std::optional<std::vector<std::string>> play;  // prompt names
  std::optional<std::string> language;           // from here on: "ru", "en"
  std::optional<ivr_gather> gather;
  std::optional<std::map<std::string, std::string>> branch;
  std::optional<std::string> next;
  std::optional<bool> opt_out;  // to the do-not-call list at once
  std::optional<bool> hang_up;
};
BOOST_DESCRIBE_STRUCT(ivr_node, (), (play, language, gather, branch, next, opt_out, hang_up))

struct ivr_document {
  std::string start;
  std::map<std::string, ivr_node> nodes;
};
BOOST_DESCRIBE_STRUCT(ivr_document, (), (start, nodes))

// Every node that is named exists, every path ends in hang_up, prompts are plain names, at most 100 nodes.
result<void> check(const ivr_document& flow);

enum class ivr_verb : std::uint8_t { play, stop_playing, wait, opt_out, hang_up };
struct ivr_action {
  ivr_verb verb;
  std::string media{};     // play: "sound:vss/en/welcome"
  milliseconds length{0};  // wait: until `silence()` is called, unless something happens first
};

// Drives one call through a checked flow. A digit stops the prompt that plays. At most 50 nodes are walked, then it
// hangs up.
class ivr_machine {
 public:
  ivr_machine(const ivr_document& flow, std::string language);
  std::vector<ivr_action> start();
  std::vector<ivr_action> played();  // one prompt has finished
  std::vector<ivr_action> digit(char key);
  std::vector<ivr_action> silence();  // the wait is over
  const std::string& node() const { return at_; }
  bool ended() const { return ended_; }

 private:
  void enter(const std::string& name, std::vector<ivr_action>& out);
  void play_next(std::vector<ivr_action>& out);
  void after_prompts(std::vector<ivr_action>& out);
  void branch(std::vector<ivr_action>& out);
  const ivr_node& here() const { return flow_.nodes.at(at_); }

  ivr_document flow_;
  std::string language_;
  std::string at_;
  std::string digits_;
  std::size_t prompt_ = 0;
  int steps_ = 0;
  bool playing_ = false;
  bool ended_ = false;
};

}  // namespace vss::ottb
