#include "archont/archont.hpp"

#include "archont/libre_agent.hpp"
#include "base/log.hpp"
#include "link/config_hash.hpp"

namespace vss::archont {
namespace {

constexpr milliseconds goodbye{10000};
constexpr milliseconds heartbeat{5000};
constexpr seconds silent_after{15};
constexpr milliseconds enrol_pause{2000};

audio_source audio_of(const std::string& media) {
  return media == "silence" ? audio_source::silence : audio_source::tone;
}

std::string quoted(const std::string& value) {  // libpq conninfo
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
      [this] { flush_.wake(); }});
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

// Calls of a life that was cut short: each may have been answered. Said once, as unknown.
void archont::resolve_cut_calls() {
  for (const auto& cut : spool_.open_attempts()) {
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
                    [this](link::command command) { on_command(std::move(command)); }, [this] { flush_.wake(); },
                    [] {}});
  resolve_cut_calls();
  if (const auto kept = spool_.value("config")) {
    auto config = dto::parse<link::hub_config>(*kept);
    if (config)
      apply(*config);
    else
      log::failed("archont", "kept_configuration_not_understood", config.error());
  }
  work_.spawn("link", link_->run());
  work_.spawn("reports", flush_.flush_reports());
  work_.spawn("cdrs", flush_.flush_cdrs());
  work_.spawn("beat", beat());
  work_.spawn("renew", renew());
  log::info("archont", "started", {{"hub", who_.who().label}, {"slots", slots_.size()}});
}

task<void> archont::stop() {
  stopping_ = true;
  queue_.reset();
  tell_all(link::slot_event::hold);
  const auto until = time_.now() + goodbye;
  const auto any_busy = [this] {
    for (const auto& [number, one] : slots_) {
      if (one->busy()) return true;
    }
    return false;
  };
  while (any_busy() && time_.now() < until) co_await pause(milliseconds{100});
  phone_->close(milliseconds{2000});
  co_await pause(milliseconds{300});  // the last words of the calls go out
  const bool ended = co_await work_.stop(milliseconds{3000});
  log::info("archont", "stopped", {{"ended", ended}, {"journal", spool_.depth()}});
}

void archont::on_config(link::config_push push) {
  auto config = dto::read<link::hub_config>(push.document);
  link::config_state state;
  if (!config) {
    log::failed("archont", "configuration_not_understood", config.error(), {{"hash", push.hash}});
    state.hash = spool_.value("config_hash").value_or("");
    for (const auto& bad : config.error().problems) state.drift.push_back(bad.pointer);
  } else {
    spool_.set("config", boost::json::serialize(push.document));
    spool_.set("config_hash", push.hash);
    apply(*config);
    state.hash = link::config_hash(push.document);
  }
  tell_server("config_state", dto::to_json(state));
}

void archont::apply(const link::hub_config& config) {
  sip_settings sip;
  sip.realm = config.realm;
  sip.proxy = config.proxy;
  sip.bind = options_.hub.bind;
  const auto dash = config.rtp_ports.find('-');
  sip.rtp_first = static_cast<std::uint16_t>(std::stoi(config.rtp_ports.substr(0, dash)));
  sip.rtp_last = static_cast<std::uint16_t>(std::stoi(config.rtp_ports.substr(dash + 1)));
  sip.register_expires = config.register_expires;
  sip.registrations_per_second = config.registrations_per_second;
  phone_->use(sip);
  desk_.use(config.rest);
  flush_.use_database(config.cdr_conninfo + " user=hub_" + who_.who().short_id +
                      " password=" + quoted(config.cdr_password) + " sslrootcert=" + quoted(options_.server.ca));
  apply_slots(config);
  apply_queue(config);
  config_ = config;
  log::info("archont", "configuration_applied", {{"slots", config.slots.size()}, {"proxy", config.proxy}});
}

void archont::apply_slots(const link::hub_config& config) {
  std::map<std::string, bool> wanted;
  for (const auto& want : config.slots) {
    if (!want.enabled) continue;
    wanted[want.number] = true;
    auto& one = slots_[want.number];
    if (!one) {
      one = std::make_unique<slot>(*world_, want.number);
      work_.spawn("slot " + want.number, one->run());
      one->tell(link::slot_input{.what = link::slot_event::boot});
      one->tell(link::slot_input{.what = link::slot_event::reconciled});
    }
    phone_->put({want.number, want.sip_user, secret(want.sip_password), audio_of(want.media)});
    one->tell(link::slot_input{.what = link::slot_event::configured});
  }
  for (auto& [number, one] : slots_) {
    if (wanted.contains(number)) continue;
    one->tell(link::slot_input{.what = link::slot_event::unconfigured});
    phone_->remove(number);
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
  queue_ = std::make_unique<net::rabbit>(on_, std::move(options));
  queue_->consume(config.lead_queue, [this](net::rabbit_message message) { on_lead(std::move(message)); });
  queue_identity_ = identity;
}

void archont::on_lead(net::rabbit_message message) {
  const auto lead = dto::parse<link::lead_message>(message.body);
  if (!lead || stopping_ || !queue_) {
    if (!lead) log::failed("archont", "lead_not_understood", lead.error());
    if (queue_) queue_->reject(message, false);
    return;
  }
  const auto found = slots_.find(lead->slot);
  if (found == slots_.end()) {
    queue_->reject(message, false);
    return;
  }
  const auto taken = [this, message] {
    if (queue_) queue_->ack(message);
  };
  const auto returned = [this, message] {
    if (queue_) queue_->reject(message, false);
  };
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
    if (event.what == sip_fact::edge_silent) tell_all(link::slot_event::hold);
    if (event.what == sip_fact::edge_back) tell_all(link::slot_event::unhold);
    return;
  }
  const auto found = slots_.find(event.slot);
  if (found != slots_.end()) found->second->tell(std::move(event));
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
    if (link_->up()) {
      heard = now;
      if (std::exchange(unreachable_, false)) tell_all(link::slot_event::heartbeat_back);
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
