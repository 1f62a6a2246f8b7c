#pragma once
// What people do with attempts: look at pages, at one call's story, find calls by a number that stands in no URL, and
// hang up a call that is under way.
#include "net/router.hpp"
#include "ottb/attempt_store.hpp"
#include "ottb/command_desk.hpp"
#include "ottb/lead_store.hpp"
#include "point/api.hpp"

namespace vss::ottb {

// The CDR behind an attempt; nothing while neither side has told. Another module keeps it.
using call_sides_fn = std::function<task<result<std::optional<call_sides>>>(std::string attempt)>;

class attempt_desk {
 public:
  attempt_desk(net::pg_pool& db, point::vault& vault, const clock& time, random_source& random, command_desk& commands,
               call_sides_fn record);

  task<result<attempt_page>> list(attempt_filter filter);
  task<result<attempt_story>> story(std::string id);
  // An opaque id for a number; `found` lists its attempts, newest first, for the same person within an hour.
  task<result<std::string>> search(e164 number, std::string by);
  task<result<attempt_page>> found(std::string search, std::string by, std::string after, int limit);
  // Goes to the slot as of this attempt: a later call of the slot is not touched. conflict: there is no call.
  task<result<net::reply<command_view>>> hang_up(net::call asked, std::string reason);

 private:
  attempt_store store_;
  lead_store searches_;
  point::vault& vault_;
  const clock& time_;
  random_source& random_;
  command_desk& commands_;
  call_sides_fn record_;
};

void add_routes(net::router& routes, attempt_desk& desk);

}  // namespace vss::ottb
