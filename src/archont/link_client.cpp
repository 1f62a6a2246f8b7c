#include "archont/link_client.hpp"

#include <fstream>

#include "base/log.hpp"
#include "base/scope.hpp"

namespace vss::archont {
namespace {

constexpr milliseconds connect_limit{10000};
constexpr milliseconds welcome_limit{10000};
constexpr milliseconds shortest_pause{200};
constexpr milliseconds longest_pause{10000};
constexpr seconds held_well{5};     // a link that lived this long is tried again at once when it breaks
constexpr std::size_t burst = 500;  // numbered messages handed to the socket at once; the rest follow its acks

std::string boot_id() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string text;
  std::getline(file, text);
  return text;
}

std::string envelope_text(const std::string& type, std::int64_t n, const std::string& body) {
  return R"({"t":")" + type + R"(","n":)" + std::to_string(n) + R"(,"body":)" + body + "}";
}

template <class T>
std::optional<T> body_of(const link::envelope& message) {
  auto body = dto::read<T>(message.body);
  if (body) return std::move(*body);
  log::failed("archont", "link_message_not_understood", body.error(), {{"type", message.t}, {"n", message.n}});
  return std::nullopt;
}

}  // namespace

link_client::link_client(executor on, const archont_options& options, const identity& who, journal& spool, clock& time,
                         random_source& random, link_handlers handlers)
    : on_(std::move(on)),
      options_(options),
      who_(who),
      spool_(spool),
      time_(time),
      random_(random),
      handlers_(std::move(handlers)),
      run_id_(make_uuid(time, random)),
      boot_id_(boot_id()),
      generation_(spool.count("generation")) {}

link::hello link_client::greeting() const {
  link::hello hello;
  hello.software = "0.1.0";
  hello.boot_id = boot_id_;
  hello.run_id = run_id_;
  hello.generation = generation_;
  hello.last_sent = spool_.last_message();
  hello.last_received = std::stoll(spool_.value("last_received").value_or("0"));
  hello.journal_depth = spool_.depth();
  hello.wall = time_.now();
  hello.config_hash = spool_.value("config_hash");
  hello.slots = handlers_.slots();
  return hello;
}

result<void> link_client::put(const std::string& type, const boost::json::value& body) {
  const auto n = spool_.add_message(type, boost::json::serialize(body));
  if (!n) return std::unexpected(n.error());
  if (welcomed_ && socket_) send_pending(*socket_);
  return {};
}

void link_client::send_pending(net::ws_connection& socket) {
  if (socket.queued() > burst) return;  // the next ack continues
  for (const auto& message : spool_.messages_after(sent_, burst)) {
    if (!socket.send(envelope_text(message.t, message.n, message.body))) return;
    sent_ = message.n;
  }
}

bool link_client::hear(const link::envelope& message, std::shared_ptr<net::ws_connection> socket) {
  if (message.t == "ack") {
    if (const auto ack = body_of<link::ack>(message)) spool_.drop_messages(ack->upto);
    send_pending(*socket);
    return true;
  }
  if (message.t == "pong") return true;
  if (message.n <= 0) return true;
  const std::int64_t received = std::stoll(spool_.value("last_received").value_or("0"));
  if (message.n > received) {
    if (message.t == "config") {
      if (auto push = body_of<link::config_push>(message)) handlers_.config(std::move(*push));
    } else if (message.t == "command") {
      if (auto command = body_of<link::command>(message)) handlers_.command(std::move(*command));
    }
    spool_.set("last_received", std::to_string(message.n));
  }
  link::ack ack{std::max(message.n, received)};
  return socket->send(envelope_text("ack", 0, dto::write(ack)));
}

task<void> link_client::beat(std::shared_ptr<net::ws_connection> socket) {
  while (socket->open()) {
    link::ping ping{time_.now(), spool_.depth()};
    socket->send(envelope_text("ping", 0, dto::write(ping)));
    co_await pause(heartbeat_);
  }
}

task<void> link_client::session(std::shared_ptr<net::ws_connection> socket) {
  socket->send(envelope_text("hello", 0, dto::write(greeting())));
  // Also when the owner is cancelled in the middle of a wait: the heartbeat outlives us and must find its socket shut.
  struct ending {
    net::ws_connection& of;
    ~ending() { of.close(1000, ""); }
  } ends{*socket};
  scope beating(on_, "heartbeat");
  milliseconds patience = welcome_limit;
  for (;;) {
    auto text = co_await socket->receive(patience);
    if (!text) {
      log::failed("archont", "link_ended", text.error());
      break;
    }
    auto message = dto::parse<link::envelope>(*text);
    if (!message) {
      log::failed("archont", "link_message_not_understood", message.error());
      continue;
    }
    if (message->t == "welcome") {
      const auto welcome = body_of<link::welcome>(*message);
      if (!welcome) break;
      heartbeat_ = seconds{welcome->heartbeat_seconds};
      patience = 3 * heartbeat_;
      spool_.raise_last_message(welcome->resume_after);
      spool_.drop_messages(welcome->resume_after);
      sent_ = welcome->resume_after;
      welcomed_ = true;
      beating.spawn("beat", beat(socket));
      send_pending(*socket);
      handlers_.up();
      log::info("archont", "linked", {{"server", welcome->server}, {"resume_after", welcome->resume_after}});
    } else if (!hear(*message, socket)) {
      break;
    }
  }
  socket->close(1000, "");
  if (std::exchange(welcomed_, false)) handlers_.down();
  co_await beating.stop(seconds{1});
}

task<void> link_client::run() {
  milliseconds wait = shortest_pause;
  for (;;) {
    net::client_options options;
    options.ca_file = options_.server.ca;
    options.certificate = who_.certificate_file();
    options.key = who_.key_file();
    auto opened = co_await net::ws_connect(options_.server.link, std::move(options), {}, {}, connect_limit);
    if (opened) {
      socket_ = std::move(*opened);
      const auto began = time_.steady();
      co_await session(socket_);
      socket_.reset();
      if (time_.steady() - began > held_well) wait = shortest_pause;
    } else {
      log::failed("archont", "link_not_opened", opened.error());
    }
    const auto jitter = milliseconds{random_number(random_, static_cast<std::uint64_t>(wait.count()))};
    co_await pause(wait + jitter);
    wait = std::min(wait * 2, longest_pause);
  }
}

}  // namespace vss::archont
