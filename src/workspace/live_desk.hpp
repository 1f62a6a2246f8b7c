#pragma once
// The live sockets of this process: who is behind each, what each listens to. Every 50 ms the rooms tell what changed;
// twice a second, and at once when POINT says that somebody's access changed, everybody's rights are looked at again.
#include <functional>
#include <list>
#include <set>

#include "net/http.hpp"
#include "workspace/live_room.hpp"
#include "workspace/live_ticket.hpp"

namespace vss::workspace {

using permission_set = std::set<std::string, std::less<>>;

struct live_rules {
  std::string server{};        // this process, for people
  std::size_t sockets = 8000;  // beyond: 1013; the listener has room for more
  milliseconds hello{5000};
  milliseconds tick{50};
  milliseconds beat{5000};
  milliseconds look{500};         // at everybody's rights
  milliseconds unjudged{60000};   // who could not be judged for so long is closed with 1013
  milliseconds longest{3600000};  // then the browser comes again, with a session that still lives
};

// What that person may do in that session at this moment; nullptr: the session or the person is over. An error: nobody
// can say now; then nothing new is begun, and what was allowed goes on for as long as the rule `unjudged` says.
using standing_fn = std::function<result<const permission_set*>(const std::string& person, const std::string& session)>;

class live_desk {
 public:
  live_desk(scope& life, live_rules rules, ticket_office& tickets, standing_fn standing, const clock& time,
            random_source& random, net::metrics& meters);

  void add(live_topic_rule rule, std::unique_ptr<live_feed> feed);
  void start();
  // For http_service: the page that opens a socket must be this server's.
  task<result<void>> may_upgrade(const net::http_request& request) const;
  task<void> serve(std::shared_ptr<net::ws_connection> line);
  void look_at_rights() { changed_.notify(); }  // somebody's access changed
  std::size_t sockets() const { return open_.size(); }

 private:
  struct socket {
    std::shared_ptr<net::ws_connection> line;
    ticket_holder who;
    std::chrono::steady_clock::time_point until{};
    std::chrono::steady_clock::time_point judged{};  // when it was known last that he may listen
    std::set<live_room*> rooms{};
  };
  class seat;  // counts a socket in, and out however it ends
  task<void> hurry(std::shared_ptr<net::ws_connection> line, std::shared_ptr<bool> greeted);
  task<result<ticket_holder>> greet(net::ws_connection& line);
  task<void> listen(socket& mine);
  void subscribe(socket& mine, const std::string& topic);
  void unsubscribe(socket& mine, const std::string& topic);
  void judge(socket& one);
  live_room* room(const std::string& topic);
  task<void> tick();
  task<void> beat();
  task<void> watch_rights();

  scope& life_;
  live_rules rules_;
  ticket_office& tickets_;
  standing_fn standing_;
  const clock& time_;
  net::metrics& meters_;
  std::string run_;  // of this process's life: numbers of topics count within it
  std::list<std::unique_ptr<live_room>> rooms_;
  std::list<socket> open_;
  std::size_t greeting_ = 0;
  wakeup someone_;
  wakeup changed_;
};

}  // namespace vss::workspace
