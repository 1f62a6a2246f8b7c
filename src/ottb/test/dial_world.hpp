#pragma once
// For module tests of dialling: a fresh database with POINT's and OTTB's schema, the services over it, and a small
// fleet: one hub with slots that are registered and in sync, one simulated trunk, one caller ID.
#include <gtest/gtest.h>

#include "net/metrics.hpp"
#include "net/migration.hpp"
#include "net/test/engines.hpp"
#include "ottb/campaign_service.hpp"
#include "ottb/lead_service.hpp"
#include "ottb/permit_service.hpp"
#include "point/envelope.hpp"
#include "point/subject_vault.hpp"

namespace vss::migrations {
std::vector<net::migration> point();
std::vector<net::migration> ottb();
}  // namespace vss::migrations

namespace vss::ottb::test {

using vss::test::check;
using vss::test::psql;

inline const std::string hub = "00000000-0000-7000-8000-00000000d1a1";
inline const std::string demo_profile = "01900000-0000-7000-8000-000000000002";
inline const std::string strict_profile = "01900000-0000-7000-8000-000000000001";
inline const std::string demo_flow = "01900000-0000-7000-8000-000000000003";

// The database of this program, made once, with roles of other modules' views.
inline const std::string& database() {
  static const std::string where = [] {
    const std::string made = vss::test::fresh_database("vss_dial_test");
    check([made](executor on) -> task<void> {
      net::pg_pool db(on, {.conninfo = made});
      auto steps = migrations::point();
      for (auto& step : migrations::ottb()) steps.push_back(std::move(step));
      auto done = co_await net::migrate(db, std::move(steps));
      if (!done) throw std::runtime_error("migration: " + done.error().message);
    });
    return made;
  }();
  return where;
}

// The first value of a statement's first row.
inline std::string scalar(const std::string& sql) {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> line(PQconnectdb(database().c_str()), &PQfinish);
  const std::unique_ptr<PGresult, decltype(&PQclear)> done(PQexec(line.get(), sql.c_str()), &PQclear);
  if (PQresultStatus(done.get()) != PGRES_TUPLES_OK) throw std::runtime_error(sql + ": " + PQerrorMessage(line.get()));
  return PQntuples(done.get()) > 0 ? PQgetvalue(done.get(), 0, 0) : "";
}
inline void sql(std::initializer_list<std::string> statements) { psql(database(), statements); }

inline void clear() {
  sql({"set client_min_messages = warning",
       "truncate ottb.permit, ottb.attempt, ottb.lead, ottb.import, ottb.outbox, ottb.decision, ottb.dnc, "
       "ottb.trunk_pace, "
       "ottb.search, ottb.campaign, ottb.slot, ottb.hub, ottb.trunk, ottb.caller_id, ottb.lease, point.subject cascade",
       "insert into ottb.hub (id, short_id, label, kind, unreachable, desired_hash, running_hash, reconciled_at) "
       "values ('" +
           hub + "', 'd1a1d1a1d1a1', 'mf-01', 'MF', false, 'h', 'h', now())",
       "update ottb.profile set document = '{\"consent_required\":true,\"caps\":[{\"hours\":24,\"most\":3}]}' where id "
       "= '" +
           demo_profile + "'",
       "insert into ottb.trunk (name, host, cps, channels, simulated) values ('sim', '127.0.0.3', 500, 1000, true)",
       "insert into ottb.caller_id (number, proof, verified_at) values ('+12025550100', 'test', now())"});
}
inline void add_slots(int count) {
  sql({"insert into ottb.slot (number, kind, hub_id, registered) select (7000 + i)::text, 'MF', '" + hub +
       "', true from generate_series(1, " + std::to_string(count) + ") i"});
}

inline point::site_secrets secrets() {
  return {secret(std::string(64, 'a')), secret(std::string(64, 'b')), secret("dnc")};
}

struct world {
  explicit world(executor on, const std::string& owner = "test:1:a", std::size_t connections = 8)
      : life(on, owner),
        db(on, {.conninfo = database(), .connections = connections}),
        box(secrets(), random),
        vault(db, box),
        profiles(db),
        dnc(db, vault, life),
        reports(db, time),
        permits(db, vault, time, random, profiles, dnc, reports, {}),
        campaigns(db, time, random, profiles),
        imports(db, vault, time, random),
        leads(db, vault, time, random, profiles) {}

  // A running campaign over the demo profile, with `count` leads of consent.
  task<std::string> campaign(int count, std::string profile = demo_profile, int max_attempts = 3,
                             std::string name = "c") {
    campaign_input input;
    input.name = std::move(name);
    input.profile = std::move(profile);
    input.flow = demo_flow;
    input.caller_id = "+12025550100";
    input.max_attempts = max_attempts;
    input.calls_per_second = 1000;
    auto made = co_await campaigns.create(std::move(input), "tester");
    if (!made) throw std::runtime_error("campaign: " + made.error().message);
    const std::string id = made->id;
    std::string csv = "phone,consent,name\n";
    for (int i = 0; i < count; ++i) csv += fictional(i) + ",yes,Person " + std::to_string(i) + "\n";
    if (count > 0) co_await load(id, std::move(csv));
    auto started = co_await campaigns.apply(id, campaign_verb::start, std::nullopt, "tester");
    if (!started) throw std::runtime_error("start: " + started.error().message);
    co_return id;
  }
  task<import_record> load(std::string id, std::string csv) {
    import_request request;
    request.campaign = std::move(id);
    request.by = "tester";
    auto done = co_await imports.run(std::move(request), std::move(csv));
    if (!done) throw std::runtime_error("import: " + done.error().message);
    co_return *done;
  }
  // Reserved fictional numbers: 555-0100 to 555-0199 of many area codes.
  static std::string fictional(int i) {
    static const char* const areas[] = {"212", "213", "312", "404", "415", "503",
                                        "602", "617", "702", "713", "808", "907"};
    std::string last = std::to_string(100 + i % 100);
    return std::string("+1") + areas[i / 100 % 12] + "5550" + last;
  }
  task<void> stop() {
    co_await life.stop(milliseconds(5000));
    co_await db.close();
  }

  vss::system_clock time;
  vss::system_random random;
  net::metrics meters;
  scope life;
  net::pg_pool db;
  point::envelope box;
  point::subject_vault vault;
  profile_cache profiles;
  dnc_service dnc;
  report_service reports;
  permit_service permits;
  campaign_service campaigns;
  import_service imports;
  lead_service leads;
};

// A queued attempt of the campaign's first due lead on slot 7001, as the pacer would have made it.
inline std::string queue_attempt(const std::string& campaign, const std::string& slot = "7001") {
  return scalar(
      "with l as (update ottb.lead set state = 'queued', last_n = last_n + 1 where id = (select id from ottb.lead "
      "where "
      "campaign_id = '" +
      campaign +
      "' and state = 'due' order by id limit 1) returning *), s as (update ottb.slot set "
      "epoch = epoch + 1, lease_until = now() + interval '30 s' where number = '" +
      slot +
      "' returning *) insert into "
      "ottb.attempt (id, lead_id, n, campaign_id, hub_id, slot, epoch, trail, phone_index) select gen_random_uuid(), "
      "l.id, "
      "l.last_n, l.campaign_id, s.hub_id, s.number, s.epoch, l.trail, l.phone_index from l, s returning id");
}
inline std::int64_t epoch_of(const std::string& slot) {
  return std::stoll(scalar("select epoch from ottb.slot where number = '" + slot + "'"));
}
inline std::string attempt_field(const std::string& attempt, const std::string& column) {
  return scalar("select " + column + " from ottb.attempt where id = '" + attempt + "'");
}
inline std::string lead_of(const std::string& attempt, const std::string& column) {
  return scalar("select l." + column + " from ottb.lead l join ottb.attempt a on a.lead_id = l.id where a.id = '" +
                attempt + "'");
}

}  // namespace vss::ottb::test
