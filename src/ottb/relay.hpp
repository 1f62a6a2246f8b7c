#pragma once
// The relay (F-01 step 2): outbox rows to RabbitMQ, many unconfirmed at once, each row deleted after the broker's
// confirm. A row whose publish or delete failed is sent again: consumers claim by compare-and-set, so a duplicate does
// nothing. It also takes back what no hub wanted (`ottb.returned`): the lead is due again, unchanged.
#include "base/scope.hpp"
#include "net/metrics.hpp"
#include "net/rabbit.hpp"
#include "ottb/outbox_store.hpp"
#include "ottb/report_store.hpp"

namespace vss::ottb {

class relay {
 public:
  relay(net::pg_pool& db, net::rabbit& broker, scope& life, net::metrics& meters);
  // Declares `ottb.returned`, listens, relays until the scope ends.
  void start();
  // This process wrote rows: do not wait for the poll.
  void wake() {
    ++asked_;
    ready_.notify();
  }
  // Called with the campaigns that got leads back.
  void on_returned(std::function<void(std::string campaign)> heard) { heard_ = std::move(heard); }

 private:
  struct flight;
  task<void> run();
  task<result<int>> round();
  task<void> publish(std::shared_ptr<flight> batch, std::size_t i);
  task<void> take_back();

  outbox_store store_;
  report_store attempts_;
  net::pg_pool& db_;
  net::rabbit& broker_;
  scope& life_;
  net::metrics& meters_;
  wakeup ready_;
  std::uint64_t asked_ = 0;  // a wake-up during a round is not lost
  channel<net::rabbit_message> returned_;
  std::function<void(std::string)> heard_;
};

}  // namespace vss::ottb
