// Imports and what people see of leads, against PostgreSQL and the real vault.
#include <fmt/core.h>

#include "dial_world.hpp"

namespace vss::ottb {
namespace {

using namespace test;

class imports : public testing::Test {
 protected:
  void SetUp() override {
    clear();
    add_slots(1);
  }
};

TEST_F(imports, counts_faults_and_duplicates) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string campaign = co_await w.campaign(0);
    const std::string csv =
        "\xEF\xBB\xBFphone;name;consent;zone\r\n"
        "+1 212 555 0101;\"Ann; B.\";yes;America/New_York\r\n"
        "+12125550101;Ann again;yes;\r\n"
        "hello;Nobody;yes;\r\n"
        "+12125550102;Bob;perhaps;Mars/Base\r\n"
        "+12125550103;\xcf\xf0\xe8;yes;\r\n"
        "+800 1234 5678;Global;no;\r\n"
        "8 916 123 45 67;No country;yes;\r\n";
    const auto first = co_await w.load(campaign, csv);
    EXPECT_EQ(first.state, "done");
    EXPECT_EQ(first.counts.rows, 7);
    EXPECT_EQ(first.counts.accepted, 2);
    EXPECT_EQ(first.counts.duplicates, 1);
    EXPECT_EQ(first.counts.rejected, 4);
    EXPECT_EQ(first.counts.unknown_zone, 1);
    auto errors = co_await w.leads.store().errors_csv(first.id);
    EXPECT_EQ(errors.value_or(""),
              "line,column,code,message\r\n"
              "4,phone,not_a_number,not a telephone number\r\n"
              "5,zone,no_such_zone,not an IANA time zone\r\n"
              "5,consent,not_yes_or_no,expected yes or no\r\n"
              "6,,not_utf8,the text is not UTF-8\r\n"
              "8,phone,no_country,no country: write +<country code> or name the file's country\r\n"
              "3,phone,duplicate_in_file,the number stands in this file already\r\n");
    const auto second = co_await w.load(campaign, "phone\n+12125550101\n+12125550104\n");
    EXPECT_EQ(second.counts.accepted, 1);
    EXPECT_EQ(second.counts.duplicates, 1);
    EXPECT_EQ(scalar("select count(*) from ottb.lead"), "3");
    EXPECT_EQ(scalar("select zones::text || region from ottb.lead order by id limit 1"), "{America/New_York}US");
    co_await w.stop();
  });
}

TEST_F(imports, a_file_that_does_not_read_changes_nothing) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string campaign = co_await w.campaign(0);
    for (const auto& csv : {std::string(), std::string("\n\n"), std::string("name,city\nAnn,Omsk\n"),
                            std::string("\xff\xfep\0h\0o\0n\0e\0\n\0", 14), std::string("phone,\"x\ny")}) {
      import_request request;
      request.campaign = campaign;
      request.by = "t";
      auto done = co_await w.imports.run(std::move(request), csv);
      EXPECT_FALSE(done);
      if (!done) EXPECT_EQ(done.error().kind, errc::invalid) << done.error().message;
    }
    EXPECT_EQ(scalar("select count(*) from ottb.lead"), "0");
    EXPECT_EQ(scalar("select count(*) from ottb.import where state = 'failed'"), "5");
    import_request nowhere;
    nowhere.campaign = "00000000-0000-7000-8000-000000000bad";
    auto done = co_await w.imports.run(std::move(nowhere), "phone\n+12125550101\n");
    EXPECT_FALSE(done);
    if (!done) EXPECT_EQ(done.error().kind, errc::not_found);
    co_await w.stop();
  });
}

// A vault that breaks after some batches: what was stored before it must not stay.
class breaking_vault : public point::vault {
 public:
  breaking_vault(point::vault& real, int good) : real_(real), good_(good) {}
  std::string blind_index(const e164& number) const override { return real_.blind_index(number); }
  std::string edge_hash(const e164& number) const override { return real_.edge_hash(number); }
  task<result<std::vector<std::string>>> seal(std::vector<item> items) override {
    if (good_-- <= 0) co_return fail(errc::unavailable, "broken on purpose");
    co_return co_await real_.seal(std::move(items));
  }
  task<result<std::string>> open(std::string subject, std::string place, std::string sealed) override {
    co_return co_await real_.open(std::move(subject), std::move(place), std::move(sealed));
  }
  std::string seal_site(std::string_view place, std::string_view text) const override {
    return real_.seal_site(place, text);
  }
  result<secret> open_site(std::string_view place, std::string_view sealed) const override {
    return real_.open_site(place, sealed);
  }
  task<result<void>> erase_subject(std::string subject) override {
    co_return co_await real_.erase_subject(std::move(subject));
  }

 private:
  point::vault& real_;
  int good_;
};

TEST_F(imports, nothing_is_half_imported) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string campaign = co_await w.campaign(0);
    breaking_vault vault(w.vault, 1);
    import_service broken(w.db, vault, w.time, w.random);
    std::string csv = "phone\n";
    for (int i = 0; i < 1100; ++i) csv += world::fictional(i) + "\n";
    import_request request;
    request.campaign = campaign;
    request.by = "t";
    auto done = co_await broken.run(std::move(request), csv);
    EXPECT_FALSE(done);
    EXPECT_EQ(scalar("select count(*) from ottb.lead"), "0");
    EXPECT_EQ(scalar("select state || ' ' || accepted from ottb.import"), "failed 0");
    const auto again = co_await w.load(campaign, csv);
    EXPECT_EQ(again.counts.accepted, 1100);
    co_await w.stop();
  });
}

// Takes its time, and looks at what others see of the import meanwhile.
class slow_vault : public breaking_vault {
 public:
  explicit slow_vault(point::vault& real) : breaking_vault(real, 1000) {}
  task<result<std::vector<std::string>>> seal(std::vector<item> items) override {
    seen.push_back(
        scalar("select state || ' ' || rows || ' ' || accepted || ' ' || (bytes_read > 0) from ottb.import"));
    co_await pause(milliseconds(600));
    co_return co_await breaking_vault::seal(std::move(items));
  }
  std::vector<std::string> seen;
};

TEST_F(imports, what_has_come_so_far_is_seen_while_it_runs) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string campaign = co_await w.campaign(0);
    slow_vault vault(w.vault);
    import_service slow(w.db, vault, w.time, w.random);
    std::string csv = "phone,note\n";
    for (int i = 0; i < 450; ++i) csv += world::fictional(i) + "," + std::string(300, 'x') + "\n";  // three chunks
    import_request request;
    request.campaign = campaign;
    request.by = "t";
    auto done = co_await slow.run(std::move(request), csv);
    EXPECT_TRUE(done);
    EXPECT_EQ(vault.seen.size(), 3U);
    if (vault.seen.size() != 3U || !done) co_return;
    EXPECT_EQ(vault.seen[0], "running 0 0 false");
    EXPECT_TRUE(vault.seen[1].starts_with("running 2") && vault.seen[1].ends_with(" true")) << vault.seen[1];
    EXPECT_TRUE(vault.seen[2].starts_with("running 4") && vault.seen[2].ends_with(" true")) << vault.seen[2];
    EXPECT_EQ(done->counts.accepted, 450);
    EXPECT_FALSE(done->share) << "it does not run any more";
    co_await w.stop();
  });
}

TEST_F(imports, one_whose_server_died_is_failed) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string campaign = co_await w.campaign(0);
    for (const auto* told : {"null", "now() - interval '6 minutes'", "now()"}) {
      sql(
          {"insert into ottb.import (id, campaign_id, state, mapping, created_by, created_at, told_at, accepted) "
           "values "
           "(gen_random_uuid(), '" +
           campaign + "', 'running', '{}', 't', now() - interval '1 h', " + told + ", 7)"});
    }
    const auto failed = co_await w.leads.store().fail_orphans();
    EXPECT_TRUE(failed && *failed == 2);
    EXPECT_EQ(scalar("select string_agg(state || ' ' || accepted, ',' order by state, accepted) from ottb.import"),
              "failed 0,failed 0,running 7");
    co_await w.stop();
  });
}

TEST_F(imports, undo_is_exact) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string campaign = co_await w.campaign(3);
    const auto second = co_await w.load(campaign, "phone\n" + world::fictional(1) + "\n" + world::fictional(50) + "\n");
    EXPECT_EQ(second.counts.accepted, 1);
    auto gone = co_await w.leads.store().undo_import(second.id);
    EXPECT_EQ(gone.value_or(-1), 1);
    EXPECT_EQ(scalar("select count(*) from ottb.lead"), "3");  // the duplicate belongs to the first import
    EXPECT_FALSE(co_await w.leads.store().undo_import(second.id));
    const std::string first = scalar("select id from ottb.import where state = 'done'");
    queue_attempt(campaign);
    auto dialled = co_await w.leads.store().undo_import(first);
    EXPECT_FALSE(dialled);
    if (!dialled) EXPECT_EQ(dialled.error().kind, errc::conflict);
    EXPECT_EQ(scalar("select count(*) from ottb.lead"), "3");
    co_await w.stop();
  });
}

TEST_F(imports, numbers_are_masked_searched_and_revealed) {
  check([](executor on) -> task<void> {
    world w(on);
    co_await w.campaign(3);
    auto page = co_await w.leads.list({}, 0, 2);
    EXPECT_TRUE(page);
    if (!page) co_return;
    EXPECT_EQ(page->size(), 2u);
    EXPECT_EQ((*page)[0].number, masked(e164(world::fictional(0))));
    const auto last = page->back().row.id;
    auto rest = co_await w.leads.list({}, last, 2);
    EXPECT_EQ(rest->size(), 1u);
    EXPECT_EQ((co_await w.leads.reveal(last)).value_or(""), world::fictional(1));
    EXPECT_EQ((co_await w.leads.attributes(last)).value_or(""), "{\"name\":\"Person 1\"}");
    auto search = co_await w.leads.search(e164(world::fictional(2)), "ann");
    EXPECT_TRUE(search);
    auto found = co_await w.leads.found(*search, "ann", 0, 10);
    EXPECT_EQ(found->size(), 1u);
    EXPECT_FALSE(co_await w.leads.found(*search, "bob", 0, 10));
    // the number stands nowhere in the tables
    for (int i = 0; i < 3; ++i)
      EXPECT_EQ(scalar(fmt::format("select count(*) from ottb.lead l where l::text like '%{0}%' or "
                                   "encode(l.phone_sealed, 'escape') like '%{0}%'",
                                   world::fictional(i).substr(2))),
                "0");
    EXPECT_TRUE(co_await w.vault.erase_subject(w.vault.blind_index(e164(world::fictional(1)))));
    EXPECT_EQ((co_await w.leads.get(last))->number, "erased");
    co_await w.stop();
  });
}

TEST_F(imports, explain_says_why) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string campaign = co_await w.campaign(2);
    const auto id = std::stoll(scalar("select min(id) from ottb.lead"));
    EXPECT_EQ((co_await w.leads.explain(id))->code, "waiting_for_slot");
    EXPECT_TRUE(co_await w.dnc.add(e164(world::fictional(0)), {"global", "person", "asked", "t"}));
    auto said = co_await w.leads.explain(id);
    EXPECT_EQ(said->code, "do_not_call");
    const auto second = id + 1;
    EXPECT_TRUE(co_await w.dnc.add(e164(world::fictional(1)), {campaign, "person", "", "t"}));
    sql({"update ottb.lead set state = 'due' where id = " + std::to_string(second)});
    EXPECT_EQ((co_await w.leads.explain(second))->code, "do_not_call_campaign");
    EXPECT_TRUE(co_await w.dnc.remove(e164(world::fictional(1)), campaign));
    EXPECT_FALSE(co_await w.dnc.remove(e164(world::fictional(1)), campaign));
    EXPECT_EQ((co_await w.leads.explain(second))->code, "waiting_for_slot");
    sql({"update ottb.campaign set profile_id = '" + strict_profile + "', starts_at = now() + interval '1 hour'"});
    auto later = co_await w.leads.explain(second);
    EXPECT_EQ(later->code, "campaign_not_started");
    EXPECT_TRUE(later->when);
    EXPECT_FALSE(co_await w.leads.explain(987654321));
    co_await w.stop();
  });
}

TEST_F(imports, seeded_profiles_and_flows_are_sound) {
  check([](executor on) -> task<void> {
    world w(on);
    auto strict = co_await w.profiles.get(strict_profile);
    EXPECT_TRUE(strict);
    if (!strict) co_return;
    EXPECT_TRUE((*strict)->consent_required);
    EXPECT_FALSE((*strict)->machine_advertising);
    EXPECT_EQ((*strict)->hours.windows.size(), 2u);
    EXPECT_EQ((*strict)->caps.size(), 3u);
    auto demo = co_await w.profiles.get(demo_profile);
    EXPECT_TRUE(demo && (*demo)->hours.windows.empty() && (*demo)->consent_required);
    auto flow = co_await w.campaigns.store().document(document_kind::flow, demo_flow);
    EXPECT_TRUE(flow);
    auto again = co_await w.campaigns.add_flow("demo-copy", flow->document);
    EXPECT_TRUE(again) << (again ? "" : again.error().message);
    auto bad = co_await w.campaigns.add_profile("x", R"({"windows":[{"days":["mon"],"from":"20:00","to":"09:00"}]})");
    EXPECT_FALSE(bad);
    if (!bad) EXPECT_EQ(bad.error().problems.at(0).pointer, "/document/windows/0/to");
    auto fresh = co_await w.campaigns.add_profile("x" + random_hex(w.random, 4), "{}");
    EXPECT_TRUE(fresh);
    auto next = co_await w.campaigns.add_profile(fresh->name, "{}");
    EXPECT_EQ(next->version, 2);
    co_await w.stop();
  });
}

TEST_F(imports, campaigns_move_by_compare_and_set) {
  check([](executor on) -> task<void> {
    world w(on);
    const std::string id = co_await w.campaign(1);
    auto now = co_await w.campaigns.store().get(id);
    const std::int64_t version = now->version;
    EXPECT_FALSE(co_await w.campaigns.apply(id, campaign_verb::start, std::nullopt, "t"));  // it runs
    auto wrong = co_await w.campaigns.apply(id, campaign_verb::pause, version - 1, "t");
    EXPECT_EQ(wrong.error().kind, errc::precondition);
    EXPECT_TRUE(co_await w.campaigns.apply(id, campaign_verb::pause, version, "t"));
    campaign_input input;
    input.name = "renamed";
    input.flow = demo_flow;
    input.caller_id = "+12025550100";
    auto changed = co_await w.campaigns.change(id, version + 1, input);
    EXPECT_TRUE(changed) << (changed ? "" : changed.error().message);
    EXPECT_EQ(changed->profile, strict_profile);  // the default
    input.caller_id = "+12025550199";
    auto foreign = co_await w.campaigns.change(id, version + 2, input);
    EXPECT_EQ(foreign.error().problems.at(0).pointer, "/caller_id");
    auto nobody =
        co_await w.campaigns.apply("00000000-0000-7000-8000-000000000bad", campaign_verb::start, std::nullopt, "t");
    EXPECT_EQ(nobody.error().kind, errc::not_found);
    EXPECT_TRUE(co_await w.campaigns.apply(id, campaign_verb::resume, std::nullopt, "t"));
    const std::string attempt = queue_attempt(id);
    EXPECT_TRUE(co_await w.campaigns.apply(id, campaign_verb::stop, std::nullopt, "t"));
    EXPECT_EQ(attempt_field(attempt, "state"), "returned");
    EXPECT_EQ(lead_of(attempt, "state"), "due");
    co_await w.stop();
  });
}

}  // namespace
}  // namespace vss::ottb
