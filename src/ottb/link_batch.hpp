#pragma once
// Numbered messages of many hubs as one transaction: the history, the fenced projection of the slots, events, answers
// to commands and configuration states. Repeats change nothing, so a batch whose outcome is unknown is simply sent
// again.
#include <string>
#include <variant>
#include <vector>

#include "link/message.hpp"
#include "net/postgres.hpp"

namespace vss::ottb {

// A message of a type we do not know, or that does not read: only its number counts.
struct unreadable {
  std::string why;
};

struct link_item {
  std::string hub;  // uuid, from the client certificate
  std::int64_t n = 0;
  std::variant<link::status, link::hub_event, link::command_done, link::config_state, unreadable> body;
  instant since{};  // statuses: when the state began, by the server's clock
};

// What changed in a slot's row; goes to the realtime stream.
struct slot_delta {
  std::string number;
  std::string hub;
  std::string state;
  std::int64_t epoch = 0;
  bool registered = false;
  std::string fault_code;
  instant since{};
  bool freed = false;  // the slot came to rest: a pacer may want it
  std::int64_t version = 0;
  std::string campaign{};
  bool locked = false;
  bool drained = false;
};

// The steps of one transaction, in order; empty when there is nothing to do. The first step answers the deltas when
// `has_status`.
struct link_batch {
  std::vector<net::step> steps;
  bool has_status = false;
};

link_batch make_batch(const std::vector<link_item>& items);
std::vector<slot_delta> read_deltas(const net::rows& answer);

}  // namespace vss::ottb
