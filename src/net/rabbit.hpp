#pragma once
// RabbitMQ on a thread of its own (librabbitmq blocks). Publishing is persistent with confirms: `publish` resolves when
// the broker confirmed, and what was not confirmed is sent again after a reconnect (duplicates are possible: consumers
// claim). Topology given to `declare` is declared again after every reconnect. Queues are quorum queues.
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/async.hpp"
#include "base/secret.hpp"

namespace vss::net {

struct rabbit_options {
  std::string host = "127.0.0.1";
  int port = 5672;
  std::string vhost = "vss";
  std::string user = "vss";
  secret password{};
  std::size_t unconfirmed = 1000;  // publishes under way; more: too_many
  int prefetch = 200;
};

struct rabbit_queue {
  std::string name;
  bool quorum = true;                   // false: classic, exclusive, auto-delete (events to one process)
  milliseconds message_ttl{0};          // 0: none
  std::string dead_letter_queue{};      // messages that expire or are rejected go there (default exchange)
  std::int64_t max_length = 100000;     // overflow reject-publish: the publisher gets too_many
  std::vector<std::string> bindings{};  // "exchange:routing.key" of topic exchanges (declared durable)
};

struct rabbit_message {
  std::string body;
  std::string routing_key;
  std::uint64_t tag = 0;  // for ack/reject
  bool redelivered = false;
  std::uint64_t connection = 0;  // tags of an older connection are void; ack of such a tag is ignored
};

class rabbit {
 public:
  rabbit(executor on, rabbit_options options);
  ~rabbit();
  void declare(rabbit_queue queue);
  // exchange "" = default exchange, key = queue name.
  task<result<void>> publish(std::string exchange, std::string key, std::string body, milliseconds limit);
  // Delivers on the executor given at construction. One consumer per queue name.
  void consume(std::string queue, std::function<void(rabbit_message)> deliver);
  void ack(const rabbit_message& message);
  void reject(const rabbit_message& message, bool requeue);
  // Messages ready in a queue, by passive declare; unavailable when the broker is away.
  task<result<std::int64_t>> depth(std::string queue);
  task<result<void>> purge(std::string queue);
  bool connected() const;
  void close();

 private:
  struct state;
  std::shared_ptr<state> state_;
};

}  // namespace vss::net
