#include "ottb/link_hub.hpp"

#include <sstream>

#include "base/log.hpp"
#include "ottb/link_message.hpp"

namespace vss::ottb {

namespace {

constexpr milliseconds hello_time{10000};

// Keeps the session while its outbox is sent.
task<void> send_all(std::shared_ptr<link_session> link) { co_await link->send(); }

void refuse(net::ws_connection& line, const char* why) {
  log::warn("ottb", "link_refused", {{"why", why}});
  line.close(1008, why);
}

}  // namespace

link_hub::link_hub(net::pg_pool& db, const vss::clock& time, scope& life, point::identities& who, net::metrics& meters,
                   link_options options)
    : db_(db),
      time_(time),
      life_(life),
      who_(who),
      meters_(meters),
      options_(std::move(options)),
      store_(db),
      commits_(db, life, meters),
      wiring_{store_, commits_, time_, meters_, {}, [this](std::string hub) { copied(hub); }, options_.silence} {}

void link_hub::hook(link_hooks hooks) {
  hooks_ = std::move(hooks);
  wiring_.config = hooks_.config;
}

void link_hub::start() {
  commits_.start();
  who_.on_revoked([this](std::string id) {
    const auto found = links_.find(id);
    if (found != links_.end()) {
      log::warn("ottb", "link_revoked", {{"hub", found->second->label()}});
      notice("link_revoked", "warning", id, "");
      found->second->end(1008, "revoked");
    }
    spawn(life_, "link_revoked", lock(id, "revoked"));  // its slots leave the edge too
  });
  spawn(life_, "link_news", db_.listen("ottb_fleet", [this](std::string news) { heard(news); }));
  spawn(life_, "link_beat", beat());
  spawn(life_, "link_renew", renew());
  spawn(life_, "link_acks", acknowledge());
  spawn(life_, "link_settle", settle());
  spawn(life_, "link_sweep", sweep());
}

task<void> link_hub::stop() {
  std::vector<session> all;
  for (const auto& [hub, link] : links_) all.push_back(link);
  for (const auto& link : all) {
    link->end(1001, "the server stops");
    co_await store_.close(link->hub(), link->fence());
  }
}

std::vector<std::string> link_hub::linked_hubs() const {
  std::vector<std::string> out;
  for (const auto& [hub, link] : links_) out.push_back(hub);
  return out;
}

task<result<void>> link_hub::may_upgrade(std::string fingerprint) {
  if (fingerprint.empty()) co_return fail(errc::unauthorized, "a client certificate is required");
  auto identity = co_await who_.archont(fingerprint);
  if (!identity) co_return fail(std::move(identity.error()));
  if (identity->revoked) co_return fail(errc::unauthorized, "revoked");
  co_return result<void>{};
}

task<void> link_hub::serve(net::http_request request, std::shared_ptr<net::ws_connection> line) {
  auto identity = co_await who_.archont(request.peer_fingerprint);
  if (!identity || identity->revoked) co_return refuse(*line, "unknown identity");
  auto first = co_await line->receive(hello_time);
  if (!first) co_return line->close(1008, "no hello");
  auto message = read_envelope(*first);
  if (!message || message->t != "hello") co_return refuse(*line, "the first message is hello");
  auto said = read_lenient<link::hello>(message->body);
  if (!said || said->run_id.empty()) co_return refuse(*line, "hello does not read");
  auto opened = co_await open(*identity, *said);
  if (!opened) co_return line->close(1013, "try again later");
  if (opened->verdict == hello_verdict::locked) co_return refuse(*line, "locked");
  if (opened->verdict == hello_verdict::copied) {
    take_over(identity->id, 0, "-");
    co_return refuse(*line, "two live copies of one identity");
  }
  auto link = admit(*identity, std::move(*said), std::move(*opened), line);
  if (!link) co_return;
  co_await link->read();
  drop(link);
  if (!link->is_suspect()) co_await store_.close(link->hub(), link->fence());
}

task<result<link_opening>> link_hub::open(const point::archont_identity& who, const link::hello& said) {
  const auto skew = std::chrono::duration_cast<milliseconds>(time_.now() - said.wall).count();
  auto opened = co_await store_.open(who.id, said, options_.server, skew);
  if (!opened && opened.error().kind == errc::not_found && hooks_.make_hub) {
    auto made = co_await hooks_.make_hub(who);
    if (!made) co_return fail(std::move(made.error()));
    opened = co_await store_.open(who.id, said, options_.server, skew);
  }
  if (!opened) {
    log::failed("ottb", "link_not_opened", opened.error(), {{"hub", who.label}});
    co_return opened;
  }
  log::info("ottb", "link_hello",
            {{"hub", who.label},
             {"verdict", name(opened->verdict)},
             {"run", said.run_id},
             {"generation", said.generation},
             {"resume_after", opened->received_n},
             {"journal", said.journal_depth}});
  meters_.count("vss_link_hellos_total", {{"verdict", name(opened->verdict)}});
  if (opened->verdict == hello_verdict::rolled_back) {
    std::string detail = "generation " + std::to_string(said.generation) + ", last sent " +
                         std::to_string(said.last_sent) + ", committed " + std::to_string(opened->received_n);
    co_await store_.note(who.id, "journal_went_back", "warning", "", detail);
    notice("journal_went_back", "warning", who.id, detail);
  }
  if (opened->verdict == hello_verdict::copied) {
    notice("identity_locked", "error", who.id, "run " + said.run_id + " is a second copy");
  }
  co_return opened;
}

link_hub::session link_hub::admit(const point::archont_identity& who, link::hello said, link_opening opened,
                                  std::shared_ptr<net::ws_connection> line) {
  take_over(who.id, opened.fence, said.run_id);
  if (links_.contains(who.id)) {  // a later hello was quicker
    line->close(1001, "superseded");
    return nullptr;
  }
  const link::welcome welcome{link::link_version, options_.server, time_.now(), opened.received_n, 5};
  line->send(frame("welcome", 0, dto::to_json(welcome)));
  // A journal that went back goes on above what is committed: nothing committed is newer than its snapshot.
  said.last_sent = std::max(said.last_sent, opened.received_n);
  auto link = std::make_shared<link_session>(wiring_, life_.on(), who.id, std::move(said), std::move(opened), line);
  links_[who.id] = link;
  meters_.gauge("vss_links", static_cast<double>(links_.size()));
  spawn(life_, "link_send " + link->label(), send_all(link));
  spawn(life_, "link_reconcile " + link->label(), reconcile(link));
  return link;
}

// A newer hello was accepted, here or elsewhere (or the identity was locked: run "-"). The same run came back by
// another way: its old connection is just closed. Another run: the old session is watched for signs of life.
void link_hub::take_over(const std::string& hub, std::int64_t fence, const std::string& run) {
  const auto found = links_.find(hub);
  if (found == links_.end() || (fence != 0 && found->second->fence() >= fence)) return;
  auto old = found->second;
  links_.erase(found);
  if (run == "-")
    old->end(1008, "locked");
  else if (run == old->said().run_id)
    old->end(1001, "superseded");
  else
    set_aside(old);
}

void link_hub::set_aside(session link) {
  link->suspect();
  suspects_.insert(std::move(link));
}

void link_hub::drop(const session& link) {
  suspects_.erase(link);
  const auto found = links_.find(link->hub());
  if (found != links_.end() && found->second == link) links_.erase(found);
  meters_.gauge("vss_links", static_cast<double>(links_.size()));
  link->end(1000, "");
}

task<void> link_hub::acknowledge() {
  while (!life_.stopping()) {
    co_await pause(milliseconds(250));
    for (const auto& [hub, link] : links_) link->acknowledge();
  }
}

void link_hub::copied(const std::string& hub) {
  meters_.count("vss_link_copies_total");
  notice("identity_locked", "error", hub, "two live copies of one identity");
  take_over(hub, 0, "-");
  spawn(life_, "link_lock", lock(hub, "two live copies of one identity"));
}

void link_hub::notice(std::string kind, std::string severity, const std::string& hub, std::string detail) {
  if (!hooks_.notice) return;
  const link_notice what{std::move(kind), std::move(severity), hub, std::move(detail)};
  hooks_.notice(what);
}

task<void> link_hub::lock(std::string hub, std::string reason) {
  while (!life_.stopping()) {
    auto done = co_await store_.lock(hub, reason);
    if (done) co_return;
    co_await pause(milliseconds(500));
  }
}

void link_hub::heard(const std::string& news) {
  if (news.empty()) {  // the listener is (back) there: anything may have happened
    for (const auto& [hub, link] : links_) link->wake_outbox();
    if (hooks_.news) hooks_.news("", "");
    return;
  }
  std::istringstream words(news);
  std::string what;
  std::string id;
  words >> what >> id;
  if (what == "outbox") {
    const auto found = links_.find(id);
    if (found != links_.end()) found->second->wake_outbox();
  } else if (what == "link") {
    std::int64_t fence = 0;
    std::string run;
    words >> fence >> run;
    take_over(id, fence, run);
  } else if (hooks_.news) {
    hooks_.news(what, id);
  }
}

}  // namespace vss::ottb
