// The client: connections are kept per host, one deadline covers connecting, sending and the whole answer.
#include <map>

#include "base/gate.hpp"
#include "net/http_parse.hpp"
#include "net/http_wire.hpp"
#include "net/tls.hpp"
#include "net/tls_stream.hpp"

namespace vss::net {
namespace {

constexpr std::size_t answer_limit = 8 << 20;
constexpr seconds kept_idle{50};  // our own server drops idle connections after 60 s

struct kept_link {
  std::shared_ptr<stream> link;
  steady_point since;
};

// The connections to one host; `places` bounds those in requests.
struct host_pool {
  host_pool(executor on, std::size_t most) : places(std::move(on), most) {}
  std::vector<kept_link> idle;
  gate places;
};

bool idempotent(std::string_view method) {
  return method == "GET" || method == "HEAD" || method == "PUT" || method == "DELETE" || method == "OPTIONS";
}

// A connection that is still silent and young; dead ones are dropped on the way.
std::shared_ptr<stream> take_idle(host_pool& pool) {
  while (!pool.idle.empty()) {
    const auto last = std::move(pool.idle.back());
    pool.idle.pop_back();
    char byte = 0;
    const bool young = std::chrono::steady_clock::now() - last.since < kept_idle;
    if (young && last.link->read_now({&byte, 1}) == 0) return last.link;
  }
  return nullptr;
}

struct exchange_plan {
  std::string bytes;
  bool head_only;
  bool quick_ack;
  steady_point until;
};

// What one attempt came to: `untouched` means that the peer cannot have begun to answer.
struct exchange_end {
  result<http_response> answer;
  bool untouched = false;
  bool keep = false;
};

task<exchange_end> attempt(std::shared_ptr<stream> link, const exchange_plan& plan) {
  exchange_end end{fail(errc::unavailable, "no answer"), true, false};
  const auto sent = co_await link->write(plan.bytes, plan.until);
  if (!sent) {
    end.answer = std::unexpected(sent.error());
    co_return end;
  }
  const auto kind_of_answer = plan.head_only ? http_reader::kind::response_to_head : http_reader::kind::response;
  http_reader reader(kind_of_answer, answer_limit);
  bool clean = true;
  while (!reader.done() && !reader.fault()) {
    const auto got = co_await link->read(read_buffer(), plan.until);
    if (!got && got.error().kind == errc::timeout) {
      end.answer = fail(errc::timeout, "no answer in time");
      end.untouched = false;
      co_return end;
    }
    if (!got) {
      clean = false;
      reader.end_of_stream();
      break;
    }
    end.untouched = false;
    if (plan.quick_ack) link->quick_ack();
    std::string_view bytes(read_buffer().data(), *got);
    while (!bytes.empty() && !reader.done() && !reader.fault()) {
      bytes.remove_prefix(reader.feed(bytes));
      const bool interim = reader.done() && reader.response().status >= 100 && reader.response().status < 200;
      if (interim) reader = http_reader(kind_of_answer, answer_limit);
    }
    clean &= bytes.empty();
  }
  if (const auto& wrong = reader.fault()) {
    const auto kind = wrong->status == 413 ? errc::too_large : errc::unavailable;
    end.answer = fail(kind, "the answer: " + wrong->why);
    co_return end;
  }
  end.answer = std::move(reader.response());
  end.keep = clean && reader.keep_alive();
  co_return end;
}

}  // namespace

struct http_client::state {
  state(executor e, client_options o) : on(std::move(e)), options(std::move(o)) {}
  executor on;
  client_options options;
  std::shared_ptr<tls_context> tls;
  std::map<std::string, std::shared_ptr<host_pool>> pools;

  result<std::shared_ptr<tls_context>> context(const url_parts& to) {
    if (to.scheme != "https") return nullptr;
    try {
      if (!tls) tls = tls_context::client(options);
    } catch (const std::exception& e) {
      return fail(errc::unavailable, e.what());
    }
    return tls;
  }
  std::shared_ptr<host_pool> pool(const url_parts& to) {
    auto& found = pools[to.scheme + "://" + to.host + ":" + std::to_string(to.port)];
    if (!found) found = std::make_shared<host_pool>(on, options.connections);
    return found;
  }
};

namespace {

task<result<std::shared_ptr<stream>>> fresh_link(url_parts to, std::shared_ptr<tls_context> tls, steady_point until) {
  co_return co_await connect_stream(to.host, to.port, tls, until);
}

}  // namespace

http_client::http_client(executor on, client_options options)
    : state_(std::make_shared<state>(std::move(on), std::move(options))) {}
http_client::~http_client() {
  for (auto& [host, pool] : state_->pools) pool->idle.clear();
}

task<result<http_response>> http_client::send(std::string method, std::string url, http_headers headers,
                                              std::string body, milliseconds limit) {
  const auto self = state_;
  const auto to = read_url(url);
  if (!to) co_return std::unexpected(to.error());
  const auto tls = self->context(*to);
  if (!tls) co_return std::unexpected(tls.error());
  exchange_plan plan{{}, method == "HEAD", self->options.quick_ack, from_now(limit)};
  write_request(plan.bytes, method, to->target, to->authority(), headers, body);

  const auto pool = self->pool(*to);
  const auto place = co_await pool->places.enter(limit);
  if (!place) co_return fail(errc::timeout, "no connection became free in time");
  for (bool again = idempotent(method);; again = false) {
    auto link = take_idle(*pool);
    const bool kept = link != nullptr;
    if (!kept) {
      auto made = co_await fresh_link(*to, *tls, plan.until);
      if (!made) co_return std::unexpected(made.error());
      link = std::move(*made);
    }
    auto end = co_await attempt(link, plan);
    if (end.keep) pool->idle.push_back({link, std::chrono::steady_clock::now()});
    const bool died_while_kept = kept && end.untouched && !end.answer && end.answer.error().kind == errc::unavailable;
    if (died_while_kept && again) continue;
    co_return std::move(end.answer);
  }
}

}  // namespace vss::net
