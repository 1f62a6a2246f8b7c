#include "ottb/pbx_owner.hpp"

#include "base/log.hpp"

namespace vss::ottb {
namespace {

// True for as long as it stands.
struct mark {
  explicit mark(bool& of) : of_(of) { of_ = true; }
  ~mark() { of_ = false; }
  mark(const mark&) = delete;
  mark& operator=(const mark&) = delete;
  bool& of_;
};

}  // namespace

pbx_owner::pbx_owner(scope& books, pbx_options options, const clock& time, net::pg_pool& db, permit_desk& permits,
                     lease_store& leases, call_ended_fn ended)
    : on_(books.on()),
      options_(std::move(options)),
      time_(time),
      books_(books),
      permits_(permits),
      leases_(leases),
      ended_(std::move(ended)),
      store_(db),
      ari_(on_, options_.ari),
      evapi_(on_, options_.evapi, options_.edge_key),
      edge_(on_, options_.rpc, options_.edge_key),
      verbs_(ari_, options_.ari.application) {}

bool pbx_owner::ready() const { return ari_.connected() && evapi_.connected() && calls_ && calls_->reconciled(); }

task<result<bool>> pbx_owner::alive(std::string attempt) {
  auto channel = co_await ari_.send("GET", "/channels/lead-" + attempt);
  if (channel) co_return true;
  if (channel.error().kind == errc::not_found) co_return false;
  co_return std::unexpected(std::move(channel.error()));
}

task<void> pbx_owner::run() {
  const auto always = [] { return true; };
  const auto begin = [this](std::int64_t epoch, scope& work) { own(epoch, work); };
  co_await while_leased(leases_, "pbx:" + options_.node, always, begin);
}

task<void> pbx_owner::mark_owned() {
  const mark owned(owns_);
  while (true) co_await pause(seconds(3600));
}

// One ownership: its coroutines end with the lease, and the calls go on in Asterisk until the next owner adopts them.
// What the previous ownership left is replaced only here, when nothing of it runs any more.
void pbx_owner::own(std::int64_t epoch, scope& work) {
  const auto end_dialogs = [this](std::string call_id) -> task<result<void>> {
    const auto ended = co_await edge_.end_dialogs(std::move(call_id));
    if (!ended) co_return std::unexpected(ended.error());
    co_return result<void>{};
  };
  calls_.reset();
  world_ =
      std::make_unique<pbx_world>(pbx_world{time_,
                                            permits_,
                                            verbs_,
                                            work,
                                            books_,
                                            [this](std::string flow) { return store_.flow(std::move(flow)); },
                                            {},
                                            end_dialogs,
                                            [this](std::string attempt) { return store_.order(std::move(attempt)); },
                                            ended_});
  calls_ = std::make_unique<pbx_controller>(*world_, ari_, evapi_, edge_);
  net::ari_events from_ari{[this, &work] { work.spawn("reconcile", calls_->reconcile()); },
                           [this](boost::json::object event) { calls_->on_ari(std::move(event)); },
                           [] { log::warn("ottb", "ari_down"); }};
  net::evapi_events from_edge{[] { log::info("ottb", "edge_up"); },
                              [this](boost::json::object event) { calls_->on_edge(std::move(event)); },
                              [] { log::warn("ottb", "edge_down"); }};
  work.spawn("owned", mark_owned());
  work.spawn("ari", ari_.run(std::move(from_ari)));
  work.spawn("evapi", evapi_.run(epoch, std::move(from_edge)));
}

}  // namespace vss::ottb
