#include "net/http_connection.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "net/http_wire.hpp"
#include "net/problem.hpp"
#include "net/ws_connection.hpp"
#include "net/ws_handshake.hpp"

namespace vss::net {
namespace {

using entry = http_listener::entry;

// Counted from accept to close.
class listed {
 public:
  listed(std::shared_ptr<http_listener> of, std::shared_ptr<stream> link) : of_(std::move(of)) {
    at_ = of_->open.insert(of_->open.end(), entry{std::move(link), {}, true});
  }
  ~listed() {
    at_->link->close();
    of_->open.erase(at_);
    of_->freed.notify();
  }
  listed(const listed&) = delete;
  listed& operator=(const listed&) = delete;
  entry& operator*() { return *at_; }
  entry* operator->() { return &*at_; }

 private:
  std::shared_ptr<http_listener> of_;
  std::list<entry>::iterator at_;
};

struct connection {
  std::shared_ptr<http_listener> of;
  std::shared_ptr<stream> link;
  std::string left{};  // bytes of the next request that came with this one
  std::string address{};
  std::string certificate{};
  std::string fingerprint{};
  std::optional<http_request> wants_ws{};  // set by the last exchange: the connection goes on as a WebSocket
};

// Feeds what came; the body's limit is set between head and body.
void take(connection& c, http_reader& reader, std::string_view bytes, bool& limited) {
  while (!bytes.empty() && !reader.done() && !reader.fault()) {
    bytes.remove_prefix(reader.feed(bytes));
    if (limited || !reader.head_done()) continue;
    limited = true;
    const auto most = c.of->options.body_limit;
    const auto& ask = c.of->service.body_limit;
    reader.body_limit(ask ? ask(reader.request()) : most);
  }
  if (!bytes.empty()) c.left.assign(bytes);
}

// True: the reader holds a request or a fault. False: the connection ended.
task<bool> read_request(connection& c, http_reader& reader) {
  bool limited = false;
  bool continued = false;
  const auto head_until = from_now(c.of->options.head_time);
  const std::string before = std::exchange(c.left, {});
  take(c, reader, before, limited);
  auto body_until = steady_point{};
  while (!reader.done() && !reader.fault()) {
    if (reader.head_done() && body_until == steady_point{}) body_until = from_now(c.of->options.body_time);
    if (reader.head_done() && reader.expects_continue() && !std::exchange(continued, true)) {
      const auto sent = co_await c.link->write("HTTP/1.1 100 Continue\r\n\r\n", body_until);
      if (!sent) co_return false;
    }
    const auto until = reader.head_done() ? body_until : head_until;
    const auto got = co_await c.link->read(read_buffer(), until);
    if (!got && got.error().kind == errc::timeout) {
      reader.refuse({408, "the request did not come in time"});
      co_return true;
    }
    if (!got) co_return false;
    take(c, reader, std::string_view(read_buffer().data(), *got), limited);
  }
  co_return true;
}

// Lets the peer read our last answer: a close with unread bytes would throw it away (RFC 9112 section 9.6).
task<void> end_gently(connection& c) {
  c.link->finish();
  const auto until = from_now(seconds(1));
  for (int i = 0; i < 64; ++i) {
    const auto got = co_await c.link->read(read_buffer(), until);
    if (!got) break;
  }
  c.link->close();
}

task<bool> send(connection& c, const http_response& response, bool keep_alive, bool head_only) {
  std::string out;
  out.reserve(640 + response.body.size());
  write_response(out, response, keep_alive, head_only);
  const auto sent = co_await c.link->write(out, from_now(c.of->options.body_time));
  co_return sent.has_value();
}

task<http_response> answer(connection& c, http_request request) {
  try {
    http_response out = co_await c.of->service.answer(std::move(request));
    if (out.headers.get("x-content-type-options").empty()) secure(out);
    if (c.of->tls) out.headers.set("strict-transport-security", "max-age=31536000");
    co_return out;
  } catch (const boost::system::system_error&) {
    throw;  // cancelled
  } catch (const std::exception& e) {
    const error defect{errc::internal, e.what()};
    co_return problem(defect, {});
  }
}

bool offers_upgrade(const connection& c, const http_reader& reader, const http_request& request) {
  if (!c.of->service.upgrade || !reader.upgrade()) return false;
  return std::ranges::find(c.of->service.upgrade_paths, request.path) != c.of->service.upgrade_paths.end();
}

task<result<void>> may_upgrade(connection& c, const http_request& request) {
  if (!c.of->service.may_upgrade) co_return result<void>{};
  co_return co_await c.of->service.may_upgrade(request);
}

task<void> upgrade(connection& c, entry& mine, http_request request) {
  if (const auto wrong = upgrade_fault(request)) {
    http_response refusal = problem(wrong->status, "upgrade", wrong->why, {});
    if (wrong->status == 426) refusal.headers.set("sec-websocket-version", "13");
    co_await send(c, refusal, false, false);
    co_return co_await end_gently(c);
  }
  const auto may = co_await may_upgrade(c, request);
  if (!may) {
    const http_response refusal = problem(may.error(), {});
    co_await send(c, refusal, false, false);
    co_return co_await end_gently(c);
  }
  const std::string switching = upgrade_answer(request, c.of->service.subprotocol);
  const auto sent = co_await c.link->write(switching, from_now(c.of->options.head_time));
  if (!sent) co_return;
  const auto ws = make_ws(c.link, ws_role::server, c.of->service.ws, std::exchange(c.left, {}));
  mine.ws = ws;
  mine.idle = false;
  co_await c.of->service.upgrade(std::move(request), ws);
  ws->close(1000, "");
  co_await drain_ws(ws, seconds(2));
}

// One request and its answer. False: the connection is over.
task<bool> one_exchange(connection& c) {
  http_reader reader(http_reader::kind::request, c.of->options.body_limit);
  const bool came = co_await read_request(c, reader);
  if (!came) co_return false;
  if (const auto& wrong = reader.fault()) {
    const http_response refusal =
        problem(wrong->status, wrong->status == 413 ? "too_large" : "malformed", wrong->why, {});
    co_await send(c, refusal, false, false);
    co_await end_gently(c);
    co_return false;
  }
  http_request request = std::move(reader.request());
  request.peer_address = c.address;
  request.peer_certificate = c.certificate;
  request.peer_fingerprint = c.fingerprint;
  request.encrypted = c.link->encrypted();
  if (offers_upgrade(c, reader, request)) {
    c.wants_ws = std::move(request);
    co_return false;
  }
  const bool head_only = request.method == "HEAD";
  const http_response response = co_await answer(c, std::move(request));
  const bool keep = reader.keep_alive() && !c.of->draining;
  const bool sent = co_await send(c, response, keep, head_only);
  if (sent && !keep) co_await end_gently(c);
  co_return sent&& keep;
}

}  // namespace

task<void> serve_connection(std::shared_ptr<http_listener> of, std::shared_ptr<stream> link) {
  listed mine(of, link);
  const auto shaken = co_await link->accept_tls(from_now(of->options.head_time));
  if (!shaken) {
    log::debug("net", "tls_refused", {{"peer", link->peer_address()}, {"why", shaken.error().message}});
    co_return;
  }
  connection c{of, link};
  c.address = link->peer_address();
  c.certificate = link->peer_certificate();
  c.fingerprint = link->peer_fingerprint();
  while (!of->draining) {
    if (c.left.empty() && !link->has_pending()) {
      mine->idle = true;
      const auto how = co_await link->wait(way::read, from_now(of->options.idle));
      if (how != waited::ready) co_return;
    }
    mine->idle = false;
    const bool more = co_await one_exchange(c);
    if (!more) break;
  }
  // Here, so that an idle WebSocket does not keep the frame of the request it came from.
  if (c.wants_ws) co_await upgrade(c, *mine, std::move(*c.wants_ws));
}

}  // namespace vss::net
