#pragma once
// What POINT's routes take and answer about hubs' identities. Enrolment itself: link/enrol.hpp.
#include "base/dto.hpp"

namespace vss::point {

enum class archont_kind : std::uint8_t { AUTO, MF, LS };
BOOST_DESCRIBE_ENUM(archont_kind, AUTO, MF, LS)

struct enrol_token_input {
  std::string label;
  archont_kind kind = archont_kind::MF;
  std::optional<bool> replace;  // the label's hub lost its key: the new certificate takes the old one's place
};
BOOST_DESCRIBE_STRUCT(enrol_token_input, (), (label, kind, replace))
inline auto dto_rules(const enrol_token_input*) {
  return dto::rules(dto::format<&enrol_token_input::label>("[a-z0-9][a-z0-9-]{0,62}"));
}

// The token is shown once and never again.
struct enrol_token_answer {
  std::string id;  // of the archont
  std::string short_id;
  std::string label;
  archont_kind kind = archont_kind::MF;
  std::string token;
  instant expires_at{};
};
BOOST_DESCRIBE_STRUCT(enrol_token_answer, (), (id, short_id, label, kind, token, expires_at))

struct archont_view {
  std::string id;
  std::string short_id;
  std::string label;
  archont_kind kind = archont_kind::MF;
  std::string state;  // pending, active, revoked
  std::optional<std::string> fingerprint;
  std::optional<instant> expires_at;
  std::optional<instant> enrolled_at;
  std::optional<instant> renewed_at;
  std::optional<instant> revoked_at;
  std::optional<std::string> revoked_why;
  instant created_at{};
};
BOOST_DESCRIBE_STRUCT(archont_view, (),
                      (id, short_id, label, kind, state, fingerprint, expires_at, enrolled_at, renewed_at, revoked_at,
                       revoked_why, created_at))

struct archont_page {
  std::vector<archont_view> items;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(archont_page, (), (items, next))

struct archont_revocation {
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(archont_revocation, (), (reason))
inline auto dto_rules(const archont_revocation*) {
  return dto::rules(dto::length<&archont_revocation::reason>(1, 200));
}

}  // namespace vss::point
