#pragma once
// Permits made to order, for tests of the edge on a site that its configuration calls a test site; anywhere else the
// answer is no. Each stands on a lead and an attempt of a campaign of its own whose leads no slot may take, so the
// pacer never touches them. A fresh one is good for 30 s and dials like any other.
#include "base/dto.hpp"
#include "base/ids.hpp"
#include "net/postgres.hpp"
#include "net/router.hpp"
#include "point/api.hpp"

namespace vss::ottb {

struct mint_wish {
  std::string state;   // fresh, used, expired, foreign (issued to another slot)
  std::string slot;    // who is to dial it
  std::string number;  // whom
};
BOOST_DESCRIBE_STRUCT(mint_wish, (), (state, slot, number))
inline auto dto_rules(const mint_wish*) {
  return dto::rules(dto::format<&mint_wish::state>("fresh|used|expired|foreign"),
                    dto::format<&mint_wish::slot>("[678][0-9]{3,5}"),
                    dto::format<&mint_wish::number>("[+][1-9][0-9]{6,14}"));
}

struct minted_permit {
  std::string permit;
  std::string attempt;
  std::string slot;  // whose it is
  instant expires_at{};
};
BOOST_DESCRIBE_STRUCT(minted_permit, (), (permit, attempt, slot, expires_at))

class permit_mint {
 public:
  permit_mint(net::pg_pool& db, point::vault& vault, const clock& time, random_source& random, bool test_site);
  // forbidden: no test site. not_found: no such slot. conflict: no caller ID yet, or the person is in a live attempt.
  task<result<minted_permit>> make(mint_wish wish);

 private:
  net::pg_pool& db_;
  point::vault& vault_;
  const clock& time_;
  random_source& random_;
  bool test_site_;
};

void add_routes(net::router& to, permit_mint& mint);

}  // namespace vss::ottb
