#pragma once
// One AMQP 0-9-1 connection by librabbitmq, used by one thread only. Three channels, so that an error of one kind of
// work does not end the others: 1 publishes with confirms, 2 consumes, 3 declares and asks. Every call that answers
// false has broken the connection: the owner opens a new one.
#include <amqp.h>

#include <map>
#include <set>

#include "net/rabbit.hpp"

namespace vss::net {

// What the broker said about one of our publishes, or a message it brought.
struct rabbit_event {
  enum class kind { confirmed, refused, unroutable, delivered } what = kind::confirmed;
  std::uint64_t number = 0;  // of the publish
  std::string queue{};       // of the delivery
  rabbit_message message{};
};

class rabbit_line {
 public:
  rabbit_line(const rabbit_options& options, std::uint64_t number);
  ~rabbit_line();
  rabbit_line(const rabbit_line&) = delete;
  rabbit_line& operator=(const rabbit_line&) = delete;

  bool open();
  bool declare(const rabbit_queue& queue);
  bool consume(const std::string& queue);
  bool publish(std::uint64_t number, const std::string& exchange, const std::string& key, const std::string& body);
  bool settle(std::uint64_t tag, bool accept, bool requeue);
  bool ask(const std::string& queue, bool purge, result<std::int64_t>& answer);
  // Takes all that has arrived, without waiting; also keeps the heartbeat.
  bool pump(std::vector<rabbit_event>& out);
  int descriptor() const;
  const std::string& why() const { return why_; }

 private:
  bool good(const char* doing);
  bool channel_reopened(const char* doing, const amqp_rpc_reply_t& reply);
  bool topic(const std::string& exchange);
  bool take(const amqp_method_t& method, std::vector<rabbit_event>& out);
  void settled(std::uint64_t tag, bool multiple, bool good_news, std::vector<rabbit_event>& out);
  bool deliver(const amqp_basic_deliver_t& brought, std::vector<rabbit_event>& out);
  bool returned();

  const rabbit_options& options_;
  std::uint64_t number_;
  amqp_connection_state_t amqp_ = nullptr;
  std::map<std::uint64_t, std::uint64_t> sent_;  // delivery tag -> publish
  std::set<std::uint64_t> unroutable_;
  std::set<std::string> topics_;
  std::uint64_t tag_ = 0;
  std::string why_;
};

}  // namespace vss::net
