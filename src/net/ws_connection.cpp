#include "net/ws_connection.hpp"

#include <boost/asio/steady_timer.hpp>

#include "base/ids.hpp"

namespace vss::net {
namespace {

constexpr seconds close_time{3};

// Frames that wait to be written, as one run of bytes with the end of each frame.
class outbox {
 public:
  std::string& bytes() { return bytes_; }
  void sealed() { ends_.push_back(gone_ + bytes_.size()); }
  std::string_view rest() const { return std::string_view(bytes_).substr(at_); }
  std::size_t frames() const { return ends_.size() - first_; }
  std::size_t size() const { return bytes_.size() - at_; }

  void written(std::size_t count) {
    at_ += count;
    while (first_ < ends_.size() && ends_[first_] <= gone_ + at_) ++first_;
    if (at_ < bytes_.size() && at_ < 65536) return;
    gone_ += at_;
    std::string(bytes_, at_).swap(bytes_);
    at_ = 0;
    ends_.erase(ends_.begin(), ends_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
    if (ends_.empty()) ends_ = {};
  }

  // Drops the frames that are surely not begun: TLS may hold 16 KiB of what comes next.
  void drop_waiting() {
    std::size_t keep = first_;
    while (keep < ends_.size() && ends_[keep] < gone_ + at_ + 16384) ++keep;
    if (keep + 1 >= ends_.size()) return;
    bytes_.resize(ends_[keep] - gone_);
    ends_.resize(keep + 1);
  }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
  std::vector<std::uint64_t> ends_;
  std::size_t first_ = 0;
  std::uint64_t gone_ = 0;  // bytes that left `bytes_`
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
  void ping() override {
    if (open()) push(ws_op::ping, "");
  }
  void close(int code, std::string reason) override;
  bool open() const override { return link_->open() && code_ == 0; }
  int close_code() const override { return code_; }
  std::size_t queued() const override { return out_.frames(); }
  task<void> drain(milliseconds limit);

 private:
  void push(ws_op op, std::string_view payload);
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

bool ws_on_stream::send(std::string text) {
  if (!open()) return false;
  if (out_.frames() >= options_.queue_limit || out_.size() + text.size() > options_.queue_bytes) {
    out_.drop_waiting();
    close(1013, "too slow");
    return false;
  }
  push(ws_op::text, text);
  return true;
}

void ws_on_stream::push(ws_op op, std::string_view payload) {
  std::optional<ws_mask> mask;
  if (role_ == ws_role::client) system_random().fill(mask.emplace());
  ws_encode(out_.bytes(), op, payload, mask);
  out_.sealed();
  if (flush_posted_ || blocked_) return;
  flush_posted_ = true;
  post(link_->on(), [self = shared_from_this()] {
    self->flush_posted_ = false;
    self->flush();
  });
}

void ws_on_stream::flush() {
  while (!blocked_ && out_.size() > 0) {
    const auto put = link_->write_now(out_.rest());
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

std::shared_ptr<ws_connection> make_ws(std::shared_ptr<stream> link, ws_role role, ws_options options,
                                       std::string left) {
  return std::make_shared<ws_on_stream>(std::move(link), role, options, std::move(left));
}

task<void> drain_ws(std::shared_ptr<ws_connection> ws, milliseconds limit) {
  co_await static_cast<ws_on_stream&>(*ws).drain(limit);
}

}  // namespace vss::net
