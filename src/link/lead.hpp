#pragma once
// F-01: what travels through RabbitMQ to a hub (queue `hub.<hub id>.leads`). Ids only, never a phone number. A message
// past `not_after` is dead-lettered to `ottb.returned`, and the lead goes back unchanged.
#include "base/dto.hpp"

namespace vss::link {

struct lead_message {
  std::int32_t v = 1;
  std::string trail;
  std::string attempt;   // uuid
  std::string campaign;  // uuid
  std::string slot;      // "7001"
  std::int64_t epoch = 0;
  instant not_after{};
};
BOOST_DESCRIBE_STRUCT(lead_message, (), (v, trail, attempt, campaign, slot, epoch, not_after))

// POST /link/permits: the slot is READY and asks for the right to place the attempt now (F-01 step 3).
struct permit_request {
  std::string attempt;
  std::string slot;
  std::int64_t epoch = 0;
};
BOOST_DESCRIBE_STRUCT(permit_request, (), (attempt, slot, epoch))

struct permit_answer {
  bool permitted = false;
  std::optional<std::string> permit;  // "p-<32 hex>": the user part of the Request-URI
  std::optional<instant> expires_at;
  std::optional<std::int32_t> ring_seconds;  // at most this long without an answer
  std::optional<std::string> reason;         // when refused: closed set, docs/flows.md
  std::optional<instant> until;              // when refused: not before
};
BOOST_DESCRIBE_STRUCT(permit_answer, (), (permitted, permit, expires_at, ring_seconds, reason, until))

}  // namespace vss::link
