#pragma once
// SQL of attempts as people look at them: pages by any filter, by a number's blind index, and what one story is made
// of. Ends and permits have their own stores.
#include "net/postgres.hpp"
#include "ottb/attempt_story.hpp"

namespace vss::ottb {

// A story without its number's text and its CDR.
struct stored_story {
  attempt_story story;
  std::string index;  // raw blind index of the person
  std::string phone;  // sealed, raw
};

// What a hang-up needs to meet this call and no later one.
struct attempt_place {
  std::string state, hub, slot, trail;
  std::int64_t epoch = 0;
  std::optional<instant> ended_at;
};

class attempt_store {
 public:
  explicit attempt_store(net::pg_pool& db) : db_(db) {}
  task<result<std::vector<attempt_view>>> list(attempt_filter filter);
  task<result<stored_story>> story(std::string id);
  task<result<attempt_place>> place(std::string id);

 private:
  net::pg_pool& db_;
};

}  // namespace vss::ottb
