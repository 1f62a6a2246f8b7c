#include "net/rabbit_line.hpp"

#include <amqp_framing.h>
#include <amqp_tcp_socket.h>
#include <sys/time.h>

#include <charconv>

#include "base/log.hpp"

namespace vss::net {
namespace {

constexpr amqp_channel_t publishing = 1;
constexpr amqp_channel_t consuming = 2;
constexpr amqp_channel_t asking = 3;
constexpr int heartbeat_seconds = 10;

amqp_bytes_t view(const std::string& text) {
  return {text.size(), const_cast<char*>(text.data())};  // librabbitmq reads only
}
amqp_bytes_t view(const char* text) { return amqp_cstring_bytes(text); }
std::string copy(amqp_bytes_t bytes) { return {static_cast<const char*>(bytes.bytes), bytes.len}; }

amqp_table_entry_t text_entry(const char* key, amqp_bytes_t value) {
  amqp_table_entry_t out{};
  out.key = view(key);
  out.value.kind = AMQP_FIELD_KIND_UTF8;
  out.value.value.bytes = value;
  return out;
}
amqp_table_entry_t whole_entry(const char* key, std::int64_t value) {
  amqp_table_entry_t out{};
  out.key = view(key);
  out.value.kind = AMQP_FIELD_KIND_I64;
  out.value.value.i64 = value;
  return out;
}

// At-least-once dead-lettering keeps a message in its queue until the dead-letter queue has confirmed it.
std::vector<amqp_table_entry_t> arguments(const rabbit_queue& queue) {
  std::vector<amqp_table_entry_t> out;
  out.push_back(text_entry("x-queue-type", view(queue.quorum ? "quorum" : "classic")));
  out.push_back(text_entry("x-overflow", view(queue.quorum ? "reject-publish" : "drop-head")));
  if (queue.max_length > 0) out.push_back(whole_entry("x-max-length", queue.max_length));
  if (queue.message_ttl.count() > 0) out.push_back(whole_entry("x-message-ttl", queue.message_ttl.count()));
  if (!queue.dead_letter_queue.empty()) {
    out.push_back(text_entry("x-dead-letter-exchange", view("")));
    out.push_back(text_entry("x-dead-letter-routing-key", view(queue.dead_letter_queue)));
    if (queue.quorum) out.push_back(text_entry("x-dead-letter-strategy", view("at-least-once")));
  }
  return out;
}

std::string reason(const amqp_rpc_reply_t& reply) {
  if (reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION) return amqp_error_string2(reply.library_error);
  if (reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION && reply.reply.id == AMQP_CHANNEL_CLOSE_METHOD) {
    return copy(static_cast<const amqp_channel_close_t*>(reply.reply.decoded)->reply_text);
  }
  if (reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION && reply.reply.id == AMQP_CONNECTION_CLOSE_METHOD) {
    return copy(static_cast<const amqp_connection_close_t*>(reply.reply.decoded)->reply_text);
  }
  return "no answer";
}

}  // namespace

rabbit_line::rabbit_line(const rabbit_options& options, std::uint64_t number) : options_(options), number_(number) {}

rabbit_line::~rabbit_line() {
  if (amqp_ != nullptr) amqp_destroy_connection(amqp_);
}

int rabbit_line::descriptor() const { return amqp_get_sockfd(amqp_); }

bool rabbit_line::good(const char* doing) {
  const auto reply = amqp_get_rpc_reply(amqp_);
  if (reply.reply_type == AMQP_RESPONSE_NORMAL) return true;
  why_ = std::string(doing) + ": " + reason(reply);
  return false;
}

bool rabbit_line::open() {
  amqp_ = amqp_new_connection();
  auto* socket = amqp_tcp_socket_new(amqp_);
  timeval limit{3, 0};
  if (const int failed = amqp_socket_open_noblock(socket, options_.host.c_str(), options_.port, &limit); failed != 0) {
    why_ = std::string("connect: ") + amqp_error_string2(failed);
    return false;
  }
  amqp_set_handshake_timeout(amqp_, &limit);
  const timeval answer{5, 0};
  amqp_set_rpc_timeout(amqp_, &answer);
  const auto login = amqp_login(amqp_, options_.vhost.c_str(), 0, 131072, heartbeat_seconds, AMQP_SASL_METHOD_PLAIN,
                                options_.user.c_str(), options_.password.reveal().c_str());
  if (login.reply_type != AMQP_RESPONSE_NORMAL) {
    why_ = "login: " + reason(login);
    return false;
  }
  for (const auto channel : {publishing, consuming, asking}) {
    amqp_channel_open(amqp_, channel);
    if (!good("channel")) return false;
  }
  amqp_confirm_select(amqp_, publishing);
  if (!good("confirms")) return false;
  amqp_basic_qos(amqp_, consuming, 0, static_cast<std::uint16_t>(options_.prefetch), 0);
  return good("prefetch");
}

// The broker answers a refused request by closing the channel: take note, close our side, open it again.
bool rabbit_line::channel_reopened(const char* doing, const amqp_rpc_reply_t& reply) {
  why_ = std::string(doing) + ": " + reason(reply);
  if (reply.reply_type != AMQP_RESPONSE_SERVER_EXCEPTION || reply.reply.id != AMQP_CHANNEL_CLOSE_METHOD) return false;
  amqp_channel_close_ok_t closed{};
  if (amqp_send_method(amqp_, asking, AMQP_CHANNEL_CLOSE_OK_METHOD, &closed) != AMQP_STATUS_OK) return false;
  amqp_channel_open(amqp_, asking);
  return amqp_get_rpc_reply(amqp_).reply_type == AMQP_RESPONSE_NORMAL;
}

bool rabbit_line::topic(const std::string& exchange) {
  if (exchange.empty() || exchange.starts_with("amq.") || topics_.contains(exchange)) return true;
  amqp_exchange_declare(amqp_, asking, view(exchange), view("topic"), 0, 1, 0, 0, amqp_empty_table);
  if (!good("exchange")) return false;
  topics_.insert(exchange);
  return true;
}

bool rabbit_line::declare(const rabbit_queue& queue) {
  auto entries = arguments(queue);
  const amqp_table_t table{static_cast<int>(entries.size()), entries.data()};
  const bool own = !queue.quorum;
  amqp_queue_declare(amqp_, asking, view(queue.name), 0, !own, own, own, table);
  const auto reply = amqp_get_rpc_reply(amqp_);
  // A queue that stands with other arguments keeps them; its owner hears about it in the log.
  if (reply.reply_type != AMQP_RESPONSE_NORMAL) {
    if (!channel_reopened("queue", reply)) return false;
    log::warn("net", "rabbit_queue_differs", {{"queue", queue.name}, {"why", why_}});
  }
  for (const auto& binding : queue.bindings) {
    const auto colon = binding.find(':');
    const std::string exchange = binding.substr(0, colon);
    const std::string key = colon == std::string::npos ? "#" : binding.substr(colon + 1);
    if (!topic(exchange)) return false;
    amqp_queue_bind(amqp_, asking, view(queue.name), view(exchange), view(key), amqp_empty_table);
    if (!good("bind")) return false;
  }
  return true;
}

bool rabbit_line::consume(const std::string& queue) {
  amqp_basic_consume(amqp_, consuming, view(queue), view(queue), 0, 0, 0, amqp_empty_table);
  return good("consume");
}

bool rabbit_line::publish(std::uint64_t number, const std::string& exchange, const std::string& key,
                          const std::string& body) {
  if (!topic(exchange)) return false;
  const std::string id = std::to_string(number);  // comes back with a message that no queue took
  amqp_basic_properties_t properties{};
  properties._flags = AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_MESSAGE_ID_FLAG;
  properties.delivery_mode = 2;
  properties.content_type = view("application/json");
  properties.message_id = view(id);
  const int mandatory = exchange.empty();
  const int failed =
      amqp_basic_publish(amqp_, publishing, view(exchange), view(key), mandatory, 0, &properties, view(body));
  if (failed != AMQP_STATUS_OK) {
    why_ = std::string("publish: ") + amqp_error_string2(failed);
    return false;
  }
  sent_.emplace(++tag_, number);
  return true;
}

bool rabbit_line::settle(std::uint64_t tag, bool accept, bool requeue) {
  const int failed =
      accept ? amqp_basic_ack(amqp_, consuming, tag, 0) : amqp_basic_reject(amqp_, consuming, tag, requeue);
  if (failed != AMQP_STATUS_OK) why_ = std::string("ack: ") + amqp_error_string2(failed);
  return failed == AMQP_STATUS_OK;
}

bool rabbit_line::ask(const std::string& queue, bool purge, result<std::int64_t>& answer) {
  std::int64_t count = 0;
  if (purge) {
    const auto* done = amqp_queue_purge(amqp_, asking, view(queue));
    if (done != nullptr) count = done->message_count;
  } else {
    const auto* seen = amqp_queue_declare(amqp_, asking, view(queue), 1, 0, 0, 0, amqp_empty_table);
    if (seen != nullptr) count = seen->message_count;
  }
  const auto reply = amqp_get_rpc_reply(amqp_);
  answer = count;
  if (reply.reply_type == AMQP_RESPONSE_NORMAL) return true;
  if (channel_reopened("ask", reply)) {
    answer = fail(errc::not_found, "no such queue");
    return true;
  }
  answer = fail(errc::unavailable, "the message broker is not available");
  return false;
}

bool rabbit_line::pump(std::vector<rabbit_event>& out) {
  for (;;) {
    amqp_maybe_release_buffers(amqp_);
    timeval now{0, 0};
    amqp_frame_t frame;
    const int got = amqp_simple_wait_frame_noblock(amqp_, &frame, &now);
    if (got == AMQP_STATUS_TIMEOUT) return true;
    if (got != AMQP_STATUS_OK) {
      why_ = std::string("read: ") + amqp_error_string2(got);
      return false;
    }
    if (frame.frame_type == AMQP_FRAME_METHOD && !take(frame.payload.method, out)) return false;
  }
}

bool rabbit_line::take(const amqp_method_t& method, std::vector<rabbit_event>& out) {
  switch (method.id) {
    case AMQP_BASIC_ACK_METHOD: {
      const auto* ack = static_cast<const amqp_basic_ack_t*>(method.decoded);
      settled(ack->delivery_tag, ack->multiple != 0, true, out);
      return true;
    }
    case AMQP_BASIC_NACK_METHOD: {
      const auto* nack = static_cast<const amqp_basic_nack_t*>(method.decoded);
      settled(nack->delivery_tag, nack->multiple != 0, false, out);
      return true;
    }
    case AMQP_BASIC_DELIVER_METHOD:
      return deliver(*static_cast<const amqp_basic_deliver_t*>(method.decoded), out);
    case AMQP_BASIC_RETURN_METHOD:
      return returned();
    default:
      why_ = std::string("the broker sent ") + amqp_method_name(method.id);
      return false;
  }
}

void rabbit_line::settled(std::uint64_t tag, bool multiple, bool good_news, std::vector<rabbit_event>& out) {
  auto first = multiple ? sent_.begin() : sent_.find(tag);
  while (first != sent_.end() && first->first <= tag) {
    const auto number = first->second;
    auto what = good_news ? rabbit_event::kind::confirmed : rabbit_event::kind::refused;
    if (unroutable_.erase(number) > 0) what = rabbit_event::kind::unroutable;
    out.push_back({.what = what, .number = number});
    first = sent_.erase(first);
  }
}

bool rabbit_line::deliver(const amqp_basic_deliver_t& brought, std::vector<rabbit_event>& out) {
  rabbit_event event{.what = rabbit_event::kind::delivered, .queue = copy(brought.consumer_tag)};
  event.message.routing_key = copy(brought.routing_key);
  event.message.tag = brought.delivery_tag;
  event.message.redelivered = brought.redelivered != 0;
  event.message.connection = number_;
  amqp_message_t message;
  const auto read = amqp_read_message(amqp_, consuming, &message, 0);
  if (read.reply_type != AMQP_RESPONSE_NORMAL) {
    why_ = "read: " + reason(read);
    return false;
  }
  event.message.body = copy(message.body);
  amqp_destroy_message(&message);
  out.push_back(std::move(event));
  return true;
}

bool rabbit_line::returned() {
  amqp_message_t message;
  const auto read = amqp_read_message(amqp_, publishing, &message, 0);
  if (read.reply_type != AMQP_RESPONSE_NORMAL) {
    why_ = "read: " + reason(read);
    return false;
  }
  const std::string id = copy(message.properties.message_id);
  amqp_destroy_message(&message);
  std::uint64_t number = 0;
  std::from_chars(id.data(), id.data() + id.size(), number);
  unroutable_.insert(number);
  return true;
}

}  // namespace vss::net
