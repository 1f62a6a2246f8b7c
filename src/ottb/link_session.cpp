#include "ottb/link_session.hpp"

#include "base/log.hpp"
#include "ottb/link_message.hpp"

namespace vss::ottb {

namespace {

constexpr std::size_t most_uncommitted = 2000;  // of one link; beyond: it is not read
constexpr milliseconds ack_after{1000};         // after the one before; an ack only empties the hub's journal
constexpr std::int64_t ack_at_once = 50;        // so many are not kept waiting
constexpr milliseconds proof_of_life{1000};     // what a suspect says later than this was said after the takeover
constexpr double momentary_seconds = 60;  // hangup and the like mean the present; later they would hit another call

milliseconds skew_of(const vss::clock& time, instant wall) {
  return std::chrono::duration_cast<milliseconds>(time.now() - wall);
}

bool momentary(std::string_view verb) {
  return verb == "hangup" || verb == "dial" || verb == "dtmf" || verb == "recover";
}

}  // namespace

link_session::link_session(link_wiring& with, executor on, std::string hub, link::hello said, link_opening opened,
                           std::shared_ptr<net::ws_connection> line)
    : with_(with),
      hub_(std::move(hub)),
      label_(std::move(opened.label)),
      fence_(opened.fence),
      said_(std::move(said)),
      line_(std::move(line)),
      taken_(opened.received_n),
      committed_(opened.received_n),
      told_(opened.received_n),
      outbox_sent_(said_.last_received),
      acked_(said_.last_received),
      journal_depth_(said_.journal_depth),
      skew_(skew_of(with.time, said_.wall)),
      heard_(with.time.steady()),
      progress_(on),
      outbox_ready_(on) {}

link_beat link_session::beat() const {
  const auto silent = std::chrono::duration_cast<milliseconds>(with_.time.steady() - heard_);
  return {hub_, fence_, journal_depth_, skew_.count(), committed_, silent};
}

task<void> link_session::read() {
  while (line_->open()) {
    if (uncommitted_ >= most_uncommitted && !is_suspect()) {
      co_await progress_.wait(milliseconds(1000));
      heard_ = with_.time.steady();  // it is not silent: we do not listen
      continue;
    }
    auto text = co_await line_->receive(with_.silence);
    if (!text) {
      if (text.error().kind == errc::timeout) end(1001, "silent");
      break;
    }
    heard_ = with_.time.steady();
    if (!is_suspect()) {
      take(*text);
      continue;
    }
    if (with_.time.steady() - *suspect_since_ < proof_of_life) continue;
    log::error("ottb", "identity_lives_twice", {{"hub", label_}, {"run", said_.run_id}});
    with_.copied(hub_);
    end(1008, "two live copies of one identity");
  }
  wake_outbox();
  progress_.notify();
}

void link_session::take(const std::string& text) {
  auto message = read_envelope(text);
  if (!message) {
    with_.meters.count("vss_link_garbage_total");
    log::failed("ottb", "link_frame_unreadable", message.error(), {{"hub", label_}});
    end(1008, "a frame does not read");
    return;
  }
  if (message->t == "ping") {
    take_ping(*message);
  } else if (message->t == "ack") {
    const auto said = read_lenient<link::ack>(message->body);
    if (!said || said->upto <= acked_) return;
    acked_ = std::min(said->upto, outbox_sent_);
    wake_outbox();
  } else if (message->n > 0) {
    take_numbered(*message);
  } else {
    with_.meters.count("vss_link_ignored_total");
  }
}

void link_session::take_ping(const link::envelope& message) {
  const auto said = read_lenient<link::ping>(message.body);
  if (!said) return;
  journal_depth_ = said->journal_depth;
  skew_ = skew_of(with_.time, said->wall);
  const link::ping answer{with_.time.now(), 0};
  line_->send(frame("pong", 0, dto::to_json(answer)));
}

void link_session::take_numbered(const link::envelope& message) {
  if (message.n <= taken_) {
    with_.meters.count("vss_link_repeats_total");
    if (message.n <= committed_) line_->send(ack_frame(committed_));
    return;
  }
  if (message.n != taken_ + 1) {
    with_.meters.count("vss_link_gaps_total");
    log::warn("ottb", "link_gap", {{"hub", label_}, {"after", taken_}, {"n", message.n}});
  }
  taken_ = message.n;
  ++uncommitted_;
  with_.commits.push(numbered_item(hub_, message, skew_, with_.time.now()), shared_from_this());
}

void link_session::committed(std::int64_t n, std::size_t count) {
  committed_ = std::max(committed_, n);
  uncommitted_ -= std::min(uncommitted_, count);
  acknowledge();
  progress_.notify();
}

void link_session::acknowledge() {
  const auto now = with_.time.steady();
  const bool due = committed_ - told_ >= ack_at_once || (committed_ > told_ && now - told_at_ >= ack_after);
  if (!due || !line_->open() || is_suspect()) return;
  line_->send(ack_frame(committed_));
  told_ = committed_;
  told_at_ = now;
}

task<bool> link_session::caught_up() {
  while (line_->open() && !is_suspect()) {
    if (committed_ >= said_.last_sent) co_return true;
    co_await progress_.wait(milliseconds(1000));
  }
  co_return false;
}

void link_session::end(int code, std::string reason) { line_->close(code, std::move(reason)); }

void link_session::suspect() {
  if (is_suspect()) return;
  suspect_since_ = with_.time.steady();
  wake_outbox();
  progress_.notify();
}

void link_session::wake_outbox() {
  outbox_news_ = true;
  outbox_ready_.notify();
}

task<void> link_session::send() {
  while (line_->open() && !is_suspect()) {
    outbox_news_ = false;
    co_await trim();
    auto rows = co_await with_.store.outbox(hub_, outbox_sent_);
    if (!rows) {
      co_await pause(milliseconds(500));
      continue;
    }
    std::int64_t newest_config = 0;
    for (const auto& row : *rows) {
      if (row.type == "config") newest_config = row.n;
    }
    for (const auto& row : *rows) {
      const bool sent = co_await send_row(row, row.n == newest_config);
      if (!sent) break;
      outbox_sent_ = row.n;
    }
    if (rows->empty() && !outbox_news_)
      co_await outbox_ready_.wait(milliseconds(30000));
    else if (!rows->empty() && outbox_sent_ < rows->back().n)
      co_await pause(milliseconds(500));
  }
}

// false: not now; it is tried again in its order.
task<bool> link_session::send_row(const outbox_row& row, bool newest_config) {
  if (!line_->open() || is_suspect()) co_return false;
  if (row.type == "config") {
    if (!newest_config) co_return true;
    auto push = co_await with_.config(hub_);
    if (!push) {
      log::failed("ottb", "config_not_built", push.error(), {{"hub", label_}});
      co_return false;
    }
    co_return line_->send("{\"t\":\"config\",\"n\":" + std::to_string(row.n) + ",\"body\":" + *push + "}");
  }
  if (row.type == "command" && row.age_seconds > momentary_seconds) {
    const auto body = dto::parse_json(row.body);
    const auto said = body ? read_lenient<link::command>(*body) : result<link::command>(std::unexpected(body.error()));
    if (said && momentary(said->verb)) {
      auto expired = co_await with_.store.expire_command(hub_, row.n, said->id);
      co_return expired.has_value();
    }
  }
  co_return line_->send("{\"t\":\"" + row.type + "\",\"n\":" + std::to_string(row.n) + ",\"body\":" + row.body + "}");
}

task<void> link_session::trim() {
  if (acked_ <= trimmed_) co_return;
  const auto upto = acked_;
  auto done = co_await with_.store.acknowledged(hub_, upto);
  if (done) trimmed_ = upto;
}

}  // namespace vss::ottb
