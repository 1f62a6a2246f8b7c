#include "archont/archont.hpp"

#include <charconv>

#include "archont/libre_agent.hpp"
#include "base/log.hpp"
#include "link/config_hash.hpp"
#include "link/lead_queue.hpp"

namespace vss::archont {
namespace {

constexpr milliseconds goodbye{10000};
constexpr milliseconds heartbeat{5000};
constexpr seconds silent_after{15};
constexpr milliseconds enrol_pause{2000};
constexpr seconds cause_window{60};

audio_source audio_of(const std::string& media) {
  return media == "silence" ? audio_source::silence : audio_source::tone;
}

std::optional<std::pair<std::uint16_t, std::uint16_t>> port_range(std::string_view text) {
  std::uint16_t first = 0;
  std::uint16_t last = 0;
  const auto* end = text.data() + text.size();
  const auto head = std::from_chars(text.data(), end, first);
  if (head.ec != std::errc{} || head.ptr == end || *head.ptr != '-') return std::nullopt;
  const auto tail = std::from_chars(head.ptr + 1, end, last);
  if (tail.ec != std::errc{} || tail.ptr != end || first < 1024 || last < first + 1) return std::nullopt;
  return std::pair{first, last};
}

// Whether this slot already runs with these words: then it need not sign on again.
bool runs_as_wanted(const link::hub_config& running, const link::slot_config& want) {
  for (const auto& one : running.slots) {
    if (one.number != want.number) continue;
    return one.enabled && one.sip_user == want.sip_user && one.sip_password == want.sip_password &&
           one.media == want.media;
  }
  return false;
}

std::string in_quotes(const std::string& value) {  // libpq conninfo
  std::string out = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

}  // namespace

archont::archont(executor on, archont_options options, clock& time, random_source& random,
                 std::unique_ptr<sip_agent> phone)
    : on_(on),
      options_(std::move(options)),
      time_(time),
      random_(random),
      who_(on, options_),
      spool_(options_.hub.state + "/journal.sqlite"),
      work_(on, "archont"),
      desk_(on, who_, options_),
      flush_(on, spool_, desk_,
             [this](std::string kind, std::string detail) {
               link::hub_event out{"", std::move(kind), "error", std::nullopt, std::move(detail), time_.now()};
               tell_server("event", dto::to_json(out));
             }),
      phone_(std::move(phone)) {
  if (!phone_)
    phone_ = std::make_unique<libre_agent>(on, time, [this](sip_event event) { on_phone(std::move(event)); });
  world_ = std::make_unique<slot_world>(slot_world{
      time_,
      random_,
      *phone_,
      spool_,
      work_,
      {},
      [this](link::permit_request request, trail story) { return desk_.permit(std::move(request), std::move(story)); },
      [this](const std::string& type, const boost::json::value& body) { tell_server(type, body); },
      [this] { flush_.wake(); },
      [this](const std::string& number) { on_broke(number); }});
}
archont::~archont() = default;

void archont::tell_server(const std::string& type, const boost::json::value& body) {
  if (!link_) return;
  const auto put = link_->put(type, body);
  if (!put) log::failed("archont", "not_journalled", put.error(), {{"type", type}});
}

std::vector<link::slot_picture> archont::pictures() const {
  std::vector<link::slot_picture> out;
  for (const auto& [number, one] : slots_) out.push_back(one->picture());
  return out;
}

// Calls of a life that was cut short, on slots that are no longer ours: each may have been answered. Said once.
void archont::resolve_cut_calls() {
  for (const auto& cut : std::exchange(cut_, {})) {
    slot_work work;
    work.story.id = cut.trail;
    work.call_id = work.attempt = cut.attempt;
    work.epoch = cut.epoch;
    work.hangup_by = "lost";
    const auto now = time_.now();
    const auto cdr = spool_.put(journal::spool::cdr, cut.attempt, dto::write(cdr_of(work, cut.slot, now)));
    const auto report = spool_.put(journal::spool::report, cut.attempt, dto::write(report_of(work, cut.slot, now)));
    if (cdr && report) spool_.end_attempt(cut.attempt);
  }
}

task<void> archont::start() {
  while (!who_.enrolled()) {
    const auto enrolled = co_await who_.enrol();
    if (enrolled) break;
    log::failed("archont", "not_enrolled", enrolled.error());
    co_await pause(enrol_pause);
  }
  desk_.renewed();
  link_ = std::make_unique<link_client>(
      on_, options_, who_, spool_, time_, random_,
      link_handlers{[this] { return pictures(); }, [this](link::config_push push) { on_config(std::move(push)); },
                    [this](link::command command) { on_command(std::move(command)); }, [this] { on_link(); }, [] {}});
  cut_ = spool_.open_attempts();
  if (const auto kept = spool_.value("config")) {
    auto config = dto::parse<link::hub_config>(*kept);
    const auto applied = config ? apply(*config) : std::unexpected(config.error());
    if (!applied) log::failed("archont", "kept_configuration_not_understood", applied.error());
  }
  resolve_cut_calls();
  work_.spawn("link", link_->run());
  work_.spawn("reports", flush_.flush_reports());
  work_.spawn("cdrs", flush_.flush_cdrs());
  work_.spawn("beat", beat());
  work_.spawn("renew", renew());
  log::info("archont", "started", {{"hub", who_.who().label}, {"slots", slots_.size()}});
}

bool archont::any_busy() const {
  for (const auto& [number, one] : slots_) {
    if (one->busy()) return true;
  }
  return false;
}

task<void> archont::stop() {
  stopping_ = true;
  tell_all(link::slot_event::unassign);  // what has not been dialled goes back
  tell_all(link::slot_event::lock);      // nothing new begins
  const auto began = time_.steady();
  while (any_busy() && time_.steady() - began < goodbye) co_await pause(milliseconds{100});
  tell_all(link::slot_event::hangup);
  co_await pause(milliseconds{300});
  phone_->close(milliseconds{3000});
  co_await pause(milliseconds{300});  // the last words of the calls go out
  if (queue_) queue_->close();
  const bool ended = co_await work_.stop(milliseconds{3000});
  log::info("archont", "stopped", {{"ended", ended}, {"journal", spool_.depth()}});
}

void archont::on_config(link::config_push push) {
  link::config_state state;
  const auto running = spool_.value("config");
  const auto mine = link::config_hash(push.document);
  auto config = dto::read<link::hub_config>(push.document);
  result<void> applied = fail(errc::invalid, "the configuration is not what its hash says");
  if (mine == push.hash) applied = config ? apply(*config) : result<void>(std::unexpected(config.error()));
  if (applied) {
    spool_.set("config", boost::json::serialize(push.document));
    spool_.set("config_hash", mine);
    state.hash = mine;
  } else {
    log::failed("archont", "configuration_not_applied", applied.error(), {{"hash", push.hash}});
    state.hash = spool_.value("config_hash").value_or("");
    const auto before = running ? dto::parse_json(*running) : result<boost::json::value>(boost::json::object{});
    if (before) state.drift = link::config_drift(push.document, *before);
  }
  tell_server("config_state", dto::to_json(state));
}

result<void> archont::apply(const link::hub_config& config) {
  sip_settings sip;
  const auto ports = port_range(config.rtp_ports);
  if (!ports) return invalid("/rtp_ports", "expected first-last");
  sip.rtp_first = ports->first;
  sip.rtp_last = ports->second;
  sip.realm = config.realm;
  sip.proxy = config.proxy;
  sip.bind = options_.hub.bind;
  sip.register_expires = config.register_expires;
  sip.registrations_per_second = config.registrations_per_second;
  phone_->use(sip);
  desk_.use(config.rest);
  world_->permit_life = seconds{std::max(config.permit_seconds, 1)};
  std::string database = config.cdr_conninfo;
  if (database.find("user=") == std::string::npos) database += " user=hub_" + who_.who().short_id;
  flush_.use_database(database + " password=" + in_quotes(config.cdr_password) +
                      " sslrootcert=" + in_quotes(options_.server.ca));
  apply_slots(config);
  apply_queue(config);
  config_ = config;
  log::info("archont", "configuration_applied", {{"slots", config.slots.size()}, {"proxy", config.proxy}});
  return {};
}

void archont::add_slot(const std::string& number) {
  auto& one = slots_[number];
  one = std::make_unique<slot>(*world_, number);
  const auto mine = [&number](const auto& cut) { return cut.slot == number; };
  for (const auto& cut : cut_) {
    if (mine(cut)) one->restore(cut);
  }
  std::erase_if(cut_, mine);
  work_.spawn("slot " + number, one->run());
  if (link_ && link_->up()) {
    one->tell(link::slot_input{.what = link::slot_event::reconciled});
    one->tell(link::slot_input{.what = link::slot_event::heartbeat_back});
  }
  if (edge_silent_ || common_cause_) one->tell(link::slot_input{.what = link::slot_event::hold});
}

void archont::apply_slots(const link::hub_config& config) {
  std::set<std::string> wanted;
  for (const auto& want : config.slots) {
    if (!want.enabled) continue;
    wanted.insert(want.number);
    const bool fresh = !slots_.contains(want.number);
    if (fresh) add_slot(want.number);
    if (!fresh && runs_as_wanted(config_, want)) continue;
    phone_->put({want.number, want.sip_user, secret(want.sip_password), audio_of(want.media)});
    slots_[want.number]->tell(link::slot_input{.what = link::slot_event::configured});
  }
  for (auto& [number, one] : slots_) {
    if (!wanted.contains(number)) one->tell(link::slot_input{.what = link::slot_event::unconfigured});
  }
  wanted_ = std::move(wanted);
}

// A slot that was taken from this hub finishes its call first.
void archont::retire_slots() {
  std::erase_if(retired_, [](const auto& one) { return one->closed(); });
  for (auto next = slots_.begin(); next != slots_.end();) {
    if (wanted_.contains(next->first) || next->second->busy()) {
      ++next;
      continue;
    }
    phone_->remove(next->first);
    next->second->close();
    retired_.push_back(std::move(next->second));
    next = slots_.erase(next);
  }
}

void archont::apply_queue(const link::hub_config& config) {
  const std::string identity = config.rabbit_host + ":" + std::to_string(config.rabbit_port) + "/" +
                               config.rabbit_vhost + "/" + config.rabbit_user + "/" + config.lead_queue;
  if (config.lead_queue.empty() || (identity == queue_identity_ && config.rabbit_password == config_.rabbit_password))
    return;
  net::rabbit_options options;
  options.host = config.rabbit_host;
  options.port = config.rabbit_port;
  options.vhost = config.rabbit_vhost;
  options.user = config.rabbit_user;
  options.password = secret(config.rabbit_password);
  options.prefetch = static_cast<int>(std::max<std::size_t>(10, config.slots.size() * 2));
  if (queue_) queue_->close();
  queue_ = std::make_shared<net::rabbit>(on_, std::move(options));
  queue_->declare(link::lead_queue(config.lead_queue));
  queue_->consume(config.lead_queue, [this](net::rabbit_message message) { on_lead(std::move(message)); });
  queue_identity_ = identity;
}

void archont::on_lead(net::rabbit_message message) {
  const std::weak_ptr<net::rabbit> queue = queue_;  // its tags mean nothing to another connection
  const auto returned = [queue, message] {
    if (const auto alive = queue.lock()) alive->reject(message, false);
  };
  const auto taken = [queue, message] {
    if (const auto alive = queue.lock()) alive->ack(message);
  };
  const auto lead = dto::parse<link::lead_message>(message.body);
  if (!lead) log::failed("archont", "lead_not_understood", lead.error(), {{"flow", "F-01"}});
  const auto found = lead ? slots_.find(lead->slot) : slots_.end();
  if (stopping_ || found == slots_.end()) return returned();
  if (!found->second->tell(offered_lead{*lead, taken, returned})) returned();
}

void archont::on_command(link::command command) {
  if (const auto before = spool_.command_answer(command.id)) {
    const auto body = dto::parse_json(*before);
    if (body) tell_server("command_done", *body);
    return;
  }
  const auto found = slots_.find(command.slot);
  if (found != slots_.end() && found->second->tell(command)) return;
  link::command_done done{command.id, false, "this hub has no slot " + command.slot};
  tell_server("command_done", dto::to_json(done));
}

void archont::on_phone(sip_event event) {
  if (event.slot.empty()) {
    edge_silent_ = event.what == sip_fact::edge_silent;
    log::warn("archont", edge_silent_ ? "edge_silent" : "edge_back", {{"proxy", config_.proxy}});
    if (edge_silent_ || !common_cause_) tell_all(edge_silent_ ? link::slot_event::hold : link::slot_event::unhold);
    return;
  }
  const auto found = slots_.find(event.slot);
  if (found != slots_.end()) found->second->tell(std::move(event));
}

void archont::on_link() {
  unreachable_ = false;
  tell_all(link::slot_event::heartbeat_back);
  tell_all(link::slot_event::reconciled);
  flush_.wake();
}

// Many slots that break at once have one cause, and it is not theirs: the ladders rest until it has passed.
void archont::on_broke(const std::string& number) {
  const auto now = time_.steady();
  broke_.push_back(now);
  while (!broke_.empty() && now - broke_.front() > cause_window) broke_.pop_front();
  log::warn("archont", "slot_broke", {{"slot", number}, {"in_a_minute", broke_.size()}});
  if (broke_.size() < std::max<std::size_t>(3, slots_.size() * 3 / 10) || std::exchange(common_cause_, true)) return;
  tell_all(link::slot_event::hold);
  link::hub_event out{"", "common_cause", "error", std::nullopt, "many slots broke within a minute", time_.now()};
  tell_server("event", dto::to_json(out));
}

void archont::tell_all(link::slot_event what) {
  for (auto& [number, one] : slots_) one->tell(link::slot_input{.what = what});
}

// While the link lives, leases are renewed; when it has been silent for 15 s, the slots know it. Live calls go on.
task<void> archont::beat() {
  auto heard = time_.steady();
  for (;;) {
    co_await pause(heartbeat);
    const auto now = time_.steady();
    retire_slots();
    if (common_cause_ && (broke_.empty() || now - broke_.back() > cause_window)) {
      common_cause_ = false;
      if (!edge_silent_) tell_all(link::slot_event::unhold);
    }
    if (link_->up()) {
      heard = now;
      for (auto& [number, one] : slots_) {
        if (one->busy()) one->tell(link::slot_input{.what = link::slot_event::lease_renewed});
      }
    } else if (now - heard > silent_after && !std::exchange(unreachable_, true)) {
      tell_all(link::slot_event::heartbeat_lost);
    }
  }
}

task<void> archont::renew() {
  for (;;) {
    co_await pause(seconds{3600});
    if (!who_.renewal_due(time_.now())) continue;
    const auto renewed = co_await who_.renew();
    if (renewed)
      desk_.renewed();
    else
      log::failed("archont", "certificate_not_renewed", renewed.error());
  }
}

}  // namespace vss::archont
