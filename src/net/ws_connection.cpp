#include "net/ws_connection.hpp"

#include <array>
#include <boost/asio/steady_timer.hpp>
#include <span>

#include "base/ids.hpp"

namespace vss::net {
namespace {

constexpr seconds close_time{3};

constexpr std::size_t at_once = 65536;  // bytes of small frames that leave in one write

std::span<char> write_buffer() {
  thread_local std::array<char, at_once> bytes;
  return bytes;
}

// Frames that wait to be written. Their bytes may be shared with other connections.
class outbox {
 public:
  using bytes = std::shared_ptr<const std::string>;

  void add(bytes frame) {
    size_ += frame->size();
    frames_.push_back(std::move(frame));
  }
  std::size_t frames() const { return frames_.size() - first_; }
  std::size_t size() const { return size_; }

  // What to write next: the rest of a large or only frame as it stands, else small ones side by side. What was offered
  // before and not taken is offered again with at least as many bytes: TLS holds up to 16 KiB of it.
  std::string_view next() const {
    const auto front = std::string_view(*frames_[first_]).substr(at_);
    if (frames() == 1 || front.size() >= 16384) return front;
    const auto room = write_buffer();
    std::size_t filled = 0;
    for (std::size_t i = first_; i < frames_.size() && filled < room.size(); ++i) {
      const auto rest = std::string_view(*frames_[i]).substr(i == first_ ? at_ : 0);
      filled += rest.copy(room.data() + filled, room.size() - filled);
    }
    return {room.data(), filled};
  }

  void written(std::size_t count) {
    size_ -= count;
    at_ += count;
    while (first_ < frames_.size() && at_ >= frames_[first_]->size()) {
      at_ -= frames_[first_]->size();
      frames_[first_++].reset();
    }
    if (first_ < frames_.size() && first_ < 64) return;
    std::vector<bytes>(frames_.begin() + static_cast<std::ptrdiff_t>(first_), frames_.end()).swap(frames_);
    first_ = 0;
  }

  // Drops the frames that are surely not begun: TLS may hold 16 KiB of what comes next.
  void drop_waiting() {
    std::size_t kept = 0;
    std::size_t keep = first_;
    while (keep < frames_.size() && kept < at_ + 16384) kept += frames_[keep++]->size();
    if (keep >= frames_.size()) return;
    frames_.resize(keep);
    size_ = kept - at_;
  }

 private:
  std::vector<bytes> frames_;
  std::size_t first_ = 0;
  std::size_t at_ = 0;  // bytes of the first frame that were written
  std::size_t size_ = 0;
};

class ws_on_stream final : public ws_connection, public std::enable_shared_from_this<ws_on_stream> {
 public:
  ws_on_stream(std::shared_ptr<stream> link, ws_role role, ws_options options, std::string left)
      : link_(std::move(link)), role_(role), options_(options), decoder_(role, options.frame_limit) {
    if (!left.empty()) decoder_.feed(left);
  }
  ~ws_on_stream() override { link_->close(); }

  task<result<std::string>> receive(milliseconds limit) override;
  bool send(std::string text) override;
  bool send(const ws_shared_text& text) override;
  void ping() override {
    if (open()) push(ws_op::ping, "");
  }
  void close(int code, std::string reason) override;
  bool open() const override { return link_->open() && code_ == 0; }
  int close_code() const override { return code_; }
  std::size_t queued() const override { return out_.frames(); }
  task<void> drain(milliseconds limit);

 private:
  bool has_room(std::size_t bytes);
  void push(ws_op op, std::string_view payload);
  void push(outbox::bytes frame);
  void flush();
  void broken();
  void linger();
  // What to answer the reader, if the event ends its wait.
  std::optional<result<std::string>> react(ws_event event);

  std::shared_ptr<stream> link_;
  ws_role role_;
  ws_options options_;
  ws_decoder decoder_;
  outbox out_;
  int code_ = 0;
  bool peer_closed_ = false;
  bool failed_ = false;  // what the peer says can no longer be read
  bool flush_posted_ = false;
  bool blocked_ = false;
  std::unique_ptr<boost::asio::steady_timer> linger_{};
};

std::unexpected<error> closed_with(int code, const std::string& reason) {
  return fail(errc::unavailable, "closed with " + std::to_string(code) + (reason.empty() ? "" : ": " + reason));
}

std::optional<result<std::string>> ws_on_stream::react(ws_event event) {
  switch (event.what) {
    case ws_event::kind::message:
      if (code_ == 0) return std::move(event.payload);
      return std::nullopt;
    case ws_event::kind::ping:
      if (out_.size() > options_.queue_bytes)
        close(1013, "too slow");
      else if (code_ == 0)
        push(ws_op::pong, event.payload);
      return std::nullopt;
    case ws_event::kind::close:
      peer_closed_ = true;
      if (code_ == 0) close(event.code == 1005 ? 1000 : event.code, "");
      code_ = event.code;
      flush();
      return closed_with(event.code, event.payload);
    case ws_event::kind::fault:
      failed_ = true;
      close(event.code, event.payload);
      flush();
      return closed_with(event.code, event.payload);
    default:
      return std::nullopt;
  }
}

task<result<std::string>> ws_on_stream::receive(milliseconds limit) {
  const auto self = shared_from_this();
  auto until = from_now(limit);
  while (true) {
    auto event = decoder_.next();
    if (event.what != ws_event::kind::none) {
      until = from_now(limit);
      auto ends = react(std::move(event));
      if (ends) co_return std::move(*ends);
      continue;
    }
    if (!link_->has_pending()) {
      const auto how = co_await link_->wait(way::read, until);
      if (how == waited::timeout) co_return fail(errc::timeout, "no message in time");
    }
    const auto got = link_->read_now(read_buffer());
    if (got < 0) {
      broken();
      co_return closed_with(code_, "");
    }
    decoder_.feed(std::string_view(read_buffer().data(), static_cast<std::size_t>(got)));
  }
}

// False: the connection is closed, or is closed now because its reader is too slow.
bool ws_on_stream::has_room(std::size_t bytes) {
  if (!open()) return false;
  if (out_.frames() < options_.queue_limit && out_.size() + bytes <= options_.queue_bytes) return true;
  out_.drop_waiting();
  close(1013, "too slow");
  return false;
}

bool ws_on_stream::send(std::string text) {
  if (!has_room(text.size())) return false;
  push(ws_op::text, text);
  return true;
}

bool ws_on_stream::send(const ws_shared_text& text) {
  if (!has_room(text.text().size())) return false;
  if (role_ == ws_role::server)
    push(text.frame());
  else
    push(ws_op::text, text.text());
  return true;
}

void ws_on_stream::push(ws_op op, std::string_view payload) {
  std::optional<ws_mask> mask;
  if (role_ == ws_role::client) system_random().fill(mask.emplace());
  std::string frame;
  frame.reserve(payload.size() + 14);
  ws_encode(frame, op, payload, mask);
  push(std::make_shared<const std::string>(std::move(frame)));
}

void ws_on_stream::push(outbox::bytes frame) {
  out_.add(std::move(frame));
  if (flush_posted_ || blocked_) return;
  flush_posted_ = true;
  post(link_->on(), [self = shared_from_this()] {
    self->flush_posted_ = false;
    self->flush();
  });
}

void ws_on_stream::flush() {
  while (!blocked_ && out_.size() > 0) {
    const auto put = link_->write_now(out_.next());
    if (put < 0) return broken();
    if (put > 0) {
      out_.written(static_cast<std::size_t>(put));
      continue;
    }
    blocked_ = true;
    link_->when_writable([self = shared_from_this()] {
      self->blocked_ = false;
      self->flush();
    });
  }
  if (out_.size() > 0 || !(peer_closed_ || failed_)) return;
  link_->finish();
  // Both sides have said close: the server ends the connection first (RFC 6455 section 7.1.1).
  if (role_ == ws_role::server && peer_closed_) link_->close();
}

void ws_on_stream::broken() {
  if (code_ == 0) code_ = 1006;
  link_->close();
}

void ws_on_stream::close(int code, std::string reason) {
  if (!open()) return;
  push(ws_op::close, ws_close_payload(code, reason));
  code_ = code;
  linger();
}

// A peer that does not answer our close keeps the socket no longer than this.
void ws_on_stream::linger() {
  linger_ = std::make_unique<boost::asio::steady_timer>(link_->on(), close_time);
  linger_->async_wait([weak = weak_from_this()](boost::system::error_code) {
    if (const auto self = weak.lock()) self->link_->close();
  });
}

task<void> ws_on_stream::drain(milliseconds limit) {
  const auto self = shared_from_this();
  const auto until = std::chrono::steady_clock::now() + limit;
  while (link_->open() && std::chrono::steady_clock::now() < until) {
    const auto got = co_await receive(std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now()));
    if (!got) break;
  }
  link_->close();
}

}  // namespace

ws_shared_text::ws_shared_text(std::string_view text) {
  std::string frame;
  frame.reserve(text.size() + 10);
  ws_encode(frame, ws_op::text, text, std::nullopt);
  head_ = frame.size() - text.size();
  frame_ = std::make_shared<const std::string>(std::move(frame));
}

std::shared_ptr<ws_connection> make_ws(std::shared_ptr<stream> link, ws_role role, ws_options options,
                                       std::string left) {
  return std::make_shared<ws_on_stream>(std::move(link), role, options, std::move(left));
}

task<void> drain_ws(std::shared_ptr<ws_connection> ws, milliseconds limit) {
  co_await static_cast<ws_on_stream&>(*ws).drain(limit);
}

}  // namespace vss::net
