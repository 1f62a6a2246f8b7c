#include "app/server.hpp"

#include <unistd.h>

#include "app/call_record.hpp"
#include "app/point_desk.hpp"
#include "app/start_error.hpp"
#include "base/log.hpp"
#include "net/websocket.hpp"
#include "ottb/lead_routes.hpp"
#include "ottb/report_routes.hpp"
#include "workspace/live_frame.hpp"
#include "workspace/routes.hpp"

namespace vss::app {
namespace {

constexpr milliseconds drain{5000};

net::rabbit_options broker(const server_config& config) {
  net::rabbit_options out;
  out.host = config.rabbitmq.host;
  out.port = config.rabbitmq.port;
  out.vhost = config.rabbitmq.vhost;
  out.user = config.rabbitmq.user;
  out.password = secret_of(config.rabbitmq.password_file);
  return out;
}

ottb::hub_site hub_site(const server_config& config) {
  ottb::hub_site out;
  out.realm = config.kamailio.realm;
  out.proxy = config.kamailio.sip;
  out.rtp_ports = config.hub.rtp_ports;
  out.rest = config.link.url;
  out.rabbit_host = config.rabbitmq.host;
  out.rabbit_port = config.rabbitmq.port;
  out.rabbit_user = config.rabbitmq.user;
  out.rabbit_password = secret_of(config.rabbitmq.password_file);
  out.rabbit_vhost = config.rabbitmq.vhost;
  out.cdr_conninfo = config.postgres.hub_conninfo;
  out.permit_seconds = config.hub.permit_seconds;
  return out;
}

ottb::pbx_options pbx_options(const server_config& config) {
  return {config.asterisk.node,
          {config.asterisk.ari, config.asterisk.user, secret_of(config.asterisk.password_file),
           config.asterisk.application},
          config.kamailio.evapi,
          config.kamailio.rpc,
          secret_of(config.kamailio.key_file)};
}

std::string process_id(const std::string& name, const clock& time, random_source& random) {
  char host[256] = {};
  ::gethostname(host, sizeof host - 1);
  return std::string(host) + ":" + std::to_string(::getpid()) + ":" + name + ":" + make_uuid(time, random).substr(24);
}

}  // namespace

server::server(executor on, server_config config, std::string name, const clock& time, random_source& random)
    : config_(std::move(config)),
      name_(process_id(name, time, random)),
      work_(on, "server"),
      db_(on, database(config_, name)),
      broker_(on, broker(config_)),
      pictures_(on, {config_.redis.address}),
      pictures_news_(on, {config_.redis.address, milliseconds{1000}}),
      point_(work_, db_, time, random, point_options(config_, name)),
      dci_(on, db_, time, random),
      profiles_(db_),
      campaigns_(db_, time, random, profiles_),
      imports_(db_, point_.vault(), time, random),
      leads_(db_, point_.vault(), time, random, profiles_),
      dnc_(db_, point_.vault(), work_),
      reports_(db_, time),
      permits_(db_, point_.vault(), time, random, profiles_, dnc_, reports_, {config_.hub.permit_seconds, 10}),
      mint_(db_, point_.vault(), time, random, config_.site.test.value_or(false)),
      commands_(db_, time, random, on),
      attempts_(db_, point_.vault(), time, random, commands_,
                [this](std::string attempt) { return call_record(dci_, std::move(attempt)); }),
      hub_configs_(db_, time, random, point_.vault(), hub_site(config_),
                   [this](std::string hub, std::string short_id, secret password) {
                     return dci_.admit(std::move(hub), std::move(short_id), std::move(password));
                   }),
      hubs_(db_, time, random, point_.vault(), hub_configs_, config_.kamailio.realm,
            {{{"AUTO", config_.hub.virtual_auto}, {"MF", config_.hub.virtual_mf}, {"LS", config_.hub.virtual_ls}}}),
      devices_(db_, time, random, hubs_),
      slots_(db_, commands_, point_.vault(), random, {config_.kamailio.realm, config_.kamailio.sip}),
      trunks_(db_, point_.vault()),
      numbers_(db_),
      edge_(db_, work_, meters_,
            {config_.kamailio.snapshot.value_or(""), config_.kamailio.rpc, secret_of(config_.kamailio.key_file)}),
      links_(db_, time, work_, point_.identities(), meters_, {.server = name_}),
      stream_(pictures_, work_, meters_),
      leases_(db_, name_),
      pbx_(work_, pbx_options(config_), time, db_, permits_, leases_,
           [this](const ottb::call_ended& call) { dci_.ended(call); }),
      reconciler_(db_, work_, reports_, meters_, [this](std::string attempt) { return pbx_.alive(std::move(attempt)); },
                  {}),
      relay_(db_, broker_, work_, meters_),
      pacer_(db_, time, random, work_, leases_, profiles_, meters_,
             {[this] { return links_.fleet_ready() && !stopping_; }, [this] { relay_.wake(); },
              [this](const ottb::campaign_changed& what) { note_campaign(what); }}),
      live_pictures_(db_, time),
      workspace_(work_,
                 {live_pictures_, pictures_, pictures_news_, time, random, meters_,
                  [this](const std::string& person, const std::string& session) {
                    return point_.rights().standing(person, session);
                  },
                  [this] { return engines(); }},
                 {name_, config_.console.folder.value_or(""), config_.site.zone}),
      whys_(db_, time, profiles_,
            {name_, [this] { return links_.fleet_ready() && !stopping_; }, [this] { return broker_.connected(); }}),
      routes_([this](const net::http_request& request) { return point_.authenticate(request); },
              [this](const net::call& what, const net::route& route, int status) {
                return point_.record(what, route, status);
              }) {
  wire();
  add_routes();
  routes_.measure(meters_);
}
server::~server() = default;

// Who hears whom. The left never learns who listens.
void server::wire() {
  ottb::link_hooks hooks;
  hooks.make_hub = [this](point::archont_identity who) {
    return hubs_.admit(who.id, who.label, who.kind, std::nullopt, "lan");
  };
  hooks.config = [this](std::string hub) { return hub_configs_.push_body(std::move(hub)); };
  hooks.linked = [this](std::string hub) { return check_hub(std::move(hub)); };
  hooks.command = [this](std::string hub, std::string slot, std::string verb,
                         std::int64_t epoch) -> task<result<void>> {
    ottb::command_order order;
    order.hub = std::move(hub);
    order.slot = std::move(slot);
    order.verb = std::move(verb);
    order.epoch = epoch;
    order.asked_by = "system";
    auto asked = co_await commands_.ask(std::move(order), {}, milliseconds{0});
    if (!asked) co_return std::unexpected(std::move(asked.error()));
    co_return result<void>{};
  };
  hooks.news = [this](const std::string& what, const std::string& id) {
    if (what == "command") commands_.done(id);
    if (what == "edge") edge_.changed();
    if (what == "config") work_.spawn("hub_config", check_hub(id));
  };
  hooks.lease_lost = [this](std::string attempt) { return reconciler_.lease_lost(std::move(attempt)); };
  hooks.notice = [this](const ottb::link_notice& what) {
    dci_.note({"ottb.hub." + what.kind, what.severity, "hub:" + what.hub, {}, {{"detail", what.detail}}});
  };
  links_.hook(std::move(hooks));
  links_.on_deltas([this](const std::vector<ottb::slot_delta>& deltas) { stream_.publish(deltas); });
  point_.on_access_revoked([this](const point::access_revoked&) { workspace_.live().look_at_rights(); });
  point_.on_enrolled([this](point::archont_enrolled hub) { work_.spawn("enrolled", admit_hub(std::move(hub))); });
  dnc_.on_change([this](const ottb::dnc_changed& what) {
    if (what.listed)
      edge_.dnc_added(what.edge_hash);
    else
      edge_.changed();
  });
  campaigns_.on_change([this](const ottb::campaign_changed& what) {
    pacer_.poke(what.campaign);
    note_campaign(what);
  });
  reports_.on_end([this](const ottb::attempt_ended& what) { pacer_.poke(what.campaign); });
  relay_.on_returned([this](std::string campaign) { pacer_.poke(campaign); });
  reconciler_.on_returned([this](std::string campaign) { pacer_.poke(campaign); });
}

void server::note_campaign(const ottb::campaign_changed& what) {
  dci_.note({"ottb.campaign." + what.state, "info", "campaign:" + what.campaign, {}, {{"by", what.by}}});
}

task<void> server::check_hub(std::string hub) {
  const auto checked = co_await hub_configs_.check(std::move(hub));
  if (!checked) log::failed("app", "hub_config_not_checked", checked.error());
}

task<void> server::admit_hub(point::archont_enrolled hub) {
  const auto admitted = co_await hubs_.enrolled(std::move(hub));
  if (!admitted) log::failed("app", "hub_not_admitted", admitted.error());
}

void server::add_routes() {
  point::add_routes(routes_, point_);
  ottb::add_routes(routes_, campaigns_);
  ottb::add_routes(routes_, whys_);
  ottb::add_routes(routes_, leads_);
  ottb::add_routes(routes_, attempts_);
  ottb::add_routes(routes_, imports_);
  ottb::add_routes(routes_, dnc_);
  ottb::add_routes(routes_, hubs_);
  ottb::add_routes(routes_, devices_);
  ottb::add_routes(routes_, slots_);
  ottb::add_routes(routes_, trunks_);
  ottb::add_routes(routes_, numbers_);
  ottb::add_routes(routes_, mint_);
  ottb::add_link_routes(routes_, permits_, reports_, meters_);
  dci::add_routes(routes_, dci_);
  workspace::add_routes(routes_, workspace_);
  add_own_routes();
}

void server::add_own_routes() {
  routes_.add({.method = "GET",
               .path = "/metrics",
               .permission = "open",
               .summary = "Prometheus metrics",
               .raw_type = "text/plain"},
              [this](net::call) -> task<result<net::raw_reply>> {
                co_return net::raw_reply{"text/plain; version=0.0.4", meters_.text()};
              });
  routes_.add({.method = "GET", .path = "/healthz", .permission = "open", .summary = "The process answers"},
              [](net::call) -> task<result<health_view>> { co_return health_view{}; });
  routes_.add({.method = "GET",
               .path = "/readyz",
               .permission = "open",
               .summary = "Ready to be given work: the truth can be reached; 503 when not"},
              [this](net::call) -> task<result<net::reply<readiness_view>>> { co_return co_await ready(); });
}

task<net::reply<readiness_view>> server::ready() {
  readiness_view parts;
  parts.postgres = co_await db_.ready();
  parts.rabbitmq = broker_.connected();
  parts.redis = pictures_.connected();
  parts.point = point_.ready();
  parts.fleet = links_.fleet_ready();
  parts.owns_pbx = pbx_.owning();
  parts.pbx_ready = pbx_.ready();
  const bool able = parts.postgres && parts.point && !stopping_;
  co_return net::reply<readiness_view>{parts, able ? 200 : 503};
}

net::http_service server::service() {
  net::http_service out;
  out.answer = [this](net::http_request request) { return routes_.answer(std::move(request)); };
  out.body_limit = [this](const net::http_request& head) { return routes_.body_limit(head); };
  return out;
}

// The listener for people: the API, the console's pages, and live sockets.
net::http_service server::console_service() {
  net::http_service out = service();
  out.answer = [this](net::http_request request) -> task<net::http_response> {
    const bool looks = request.method == "GET" || request.method == "HEAD";
    if (looks && !routes_.owns(request.path)) co_return workspace_.console().answer(request);
    co_return co_await routes_.answer(std::move(request));
  };
  out.upgrade_paths = {"/workspace/live"};
  out.subprotocol = workspace::live_protocol;
  out.ws.frame_limit = 4096;  // what a browser says is short
  out.ws.queue_bytes = 32u << 20;
  out.may_upgrade = [this](const net::http_request& request) { return workspace_.live().may_upgrade(request); };
  out.upgrade = [this](net::http_request, std::shared_ptr<net::ws_connection> line) {
    return workspace_.live().serve(std::move(line));
  };
  return out;
}

task<std::vector<workspace::engine_state>> server::engines() {
  const bool database = co_await db_.ready();
  co_return std::vector<workspace::engine_state>{{"postgres", database},
                                                 {"rabbitmq", broker_.connected()},
                                                 {"redis", pictures_.connected()},
                                                 {"fleet", links_.fleet_ready()},
                                                 {"kamailio", edge_.answers(), edge_.feeds()},
                                                 {"asterisk", pbx_.hears_exchange(), pbx_.owning()},
                                                 {"pbx", pbx_.ready(), pbx_.owning()}};
}

task<void> server::start() {
  auto prepared = co_await point_.prepare();
  if (!prepared) throw start_error(prepared.error());
  routes_.check_permissions(point_.known_permissions());
  point_.start();
  dci_.start(work_);
  dnc_.start();
  links_.start();
  stream_.start();
  edge_.start();
  relay_.start();
  reconciler_.start();
  pacer_.start();
  workspace_.start();
  work_.spawn("presence", ottb::stay_present(leases_));
  work_.spawn("imports", imports_.care());
  work_.spawn("pbx_owner", pbx_.run());
  work_.spawn("hub_configs", hub_configs_.watch([this] { return links_.linked_hubs(); }));
  net::listen_options api;
  api.address = config_.api.listen;
  if (config_.api.certificate && config_.api.key)
    api.tls = net::tls_files{*config_.api.certificate, *config_.api.key, {}};
  api.body_limit = 100u << 20;  // a route's own limit is checked by the router
  api_ = std::make_unique<net::http_server>(work_.on(), api, console_service());
  net::listen_options link;
  link.address = config_.link.listen;
  link.tls = net::tls_files{config_.link.certificate, config_.link.key, config_.link.ca};
  net::http_service hubs = service();
  hubs.upgrade_paths = {"/link"};
  hubs.may_upgrade = [this](const net::http_request& request) { return links_.may_upgrade(request.peer_fingerprint); };
  hubs.upgrade = [this](net::http_request request, std::shared_ptr<net::ws_connection> line) {
    return links_.serve(std::move(request), std::move(line));
  };
  link_ = std::make_unique<net::http_server>(work_.on(), link, std::move(hubs));
  log::info("app", "started", {{"server", name_}, {"api", config_.api.listen}, {"link", config_.link.listen}});
}

task<void> server::stop() {
  stopping_ = true;
  if (api_) co_await api_->stop(drain);
  co_await links_.stop();
  if (link_) co_await link_->stop(drain);
  const bool stored = co_await dci_.drain(drain);
  const bool ended = co_await work_.stop(drain);
  broker_.close();
  pictures_.close();
  pictures_news_.close();
  co_await db_.close();
  log::info("app", "stopped", {{"server", name_}, {"facts_stored", stored}, {"work_ended", ended}});
}

}  // namespace vss::app
