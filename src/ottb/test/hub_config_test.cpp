#include "ottb/hub_config.hpp"

#include <gtest/gtest.h>

#include "link/config_hash.hpp"
#include "ottb/slot_credentials.hpp"
#include "ottb/test/fake_vault.hpp"

namespace vss::ottb {
namespace {

hub_site site() {
  hub_site out;
  out.realm = "vss.local";
  out.proxy = "127.0.0.1:24060";
  out.rtp_ports = "28000-31999";
  out.rest = "https://127.0.0.1:24001";
  out.rabbit_host = "127.0.0.1";
  out.rabbit_port = 24037;
  out.rabbit_user = "vss";
  out.rabbit_password = secret("rabbit");
  out.rabbit_vhost = "vss";
  out.cdr_conninfo = "host=127.0.0.1";
  return out;
}

hub_facts hub(std::string network) {
  return {"00000000-0000-7000-8000-00000000000a", "00000000000a", std::move(network), "hub_00000000000a",
          secret("cdr")};
}

const std::vector<slot_facts_row> slots{{"7001", link::slot_kind::MF, secret("one"), "tone", true}};

std::string hash_of(const hub_site& at, const hub_facts& of, const std::vector<slot_facts_row>& with) {
  return link::config_hash(dto::to_json(desired_config(at, of, with)));
}

TEST(hub_config, the_same_rows_give_the_same_hash) {
  EXPECT_EQ(hash_of(site(), hub("lan"), slots), hash_of(site(), hub("lan"), slots));
}

TEST(hub_config, whatever_differs_gives_another_hash) {
  const auto before = hash_of(site(), hub("lan"), slots);
  auto moved = site();
  moved.proxy = "127.0.0.1:25060";
  auto renewed = slots;
  renewed[0].sip_password = secret("two");
  auto disabled = slots;
  disabled[0].enabled = false;
  EXPECT_NE(before, hash_of(moved, hub("lan"), slots));
  EXPECT_NE(before, hash_of(site(), hub("vpn"), slots));
  EXPECT_NE(before, hash_of(site(), hub("lan"), renewed));
  EXPECT_NE(before, hash_of(site(), hub("lan"), disabled));
  EXPECT_NE(before, hash_of(site(), hub("lan"), {}));
}

TEST(hub_config, a_permit_lives_as_long_as_the_network_needs) {
  EXPECT_EQ(desired_config(site(), hub("lan"), slots).permit_seconds, 3);
  EXPECT_EQ(desired_config(site(), hub("vpn"), slots).permit_seconds, 10);
}

TEST(hub_config, the_queue_is_named_after_the_short_id) {
  EXPECT_EQ(desired_config(site(), hub("lan"), slots).lead_queue, "hub.00000000000a.leads");
}

TEST(hub_config, people_never_see_its_secrets) {
  const auto shown = dto::json::serialize(without_secrets(dto::to_json(desired_config(site(), hub("lan"), slots))));
  for (const char* hidden : {"\"rabbit\"", "\"cdr\"", "\"one\""}) EXPECT_EQ(shown.find(hidden), shown.npos) << hidden;
  EXPECT_NE(shown.find("\"7001\""), shown.npos);
  EXPECT_EQ(without_secrets(boost::json::value(3)), boost::json::value(3));
}

TEST(slot_credentials, are_random_sealed_for_their_slot_and_digested_by_the_book) {
  // RFC 2617 section 3.5
  EXPECT_EQ(digest_ha1("Mufasa", "testrealm@host.com", secret("Circle Of Life")), "939e7578ed9e3c518a452acee763bce9");
  fake_random random(1);
  const test::fake_vault vault;
  const auto made = make_credentials("7001", "vss.local", random, vault);
  EXPECT_EQ(made.password.reveal().size(), 32u);
  EXPECT_EQ(made.ha1, digest_ha1("7001", "vss.local", made.password));
  EXPECT_EQ(vault.open_site(sip_password_place("7001"), made.sealed)->reveal(), made.password.reveal());
  EXPECT_FALSE(vault.open_site(sip_password_place("7002"), made.sealed).has_value());
  EXPECT_NE(make_credentials("7001", "vss.local", random, vault).password, made.password);
}

}  // namespace
}  // namespace vss::ottb
