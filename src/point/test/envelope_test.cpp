#include "point/envelope.hpp"

#include <gtest/gtest.h>

#include "point/crypto.hpp"

namespace vss::point {
namespace {

class envelopes : public testing::Test {
 protected:
  fake_random random{3};
  site_secrets secrets{secret(std::string(64, 'a')), secret(std::string(64, 'b')), secret("dnc")};
  envelope box{secrets, random};
  e164 number{"+74950000001"};
  std::string subject = box.blind_index(number);
};

TEST_F(envelopes, indexes_are_keyed_and_stable) {
  EXPECT_EQ(subject.size(), 32u);
  EXPECT_EQ(box.blind_index(number), subject);
  EXPECT_NE(box.blind_index(e164("+74950000002")), subject);
  site_secrets other = secrets;
  other.index_key = secret(std::string(64, 'c'));
  EXPECT_NE(envelope(other, random).blind_index(number), subject);
  EXPECT_EQ(box.edge_hash(number), sha256_hex("dnc:+74950000001"));
}

TEST_F(envelopes, a_text_opens_only_at_its_place_and_under_its_subject) {
  const auto wrapped = box.new_wrapped_key(subject);
  const auto data_key = box.unwrap(subject, wrapped).value();
  const auto sealed = box.seal(data_key, "ottb.lead.phone:1", "+74950000001");
  EXPECT_EQ(box.open(data_key, "ottb.lead.phone:1", sealed).value(), "+74950000001");
  EXPECT_EQ(sealed.find("4950000001"), std::string::npos);
  EXPECT_EQ(box.open(data_key, "ottb.lead.phone:2", sealed).error().kind, errc::invalid);
  EXPECT_NE(box.seal(data_key, "p", "x"), box.seal(data_key, "p", "x"));  // a nonce is used once

  const auto other = box.blind_index(e164("+74950000002"));
  EXPECT_FALSE(box.unwrap(other, wrapped));  // a key moved to another subject's row
  const auto other_key = box.unwrap(other, box.new_wrapped_key(other)).value();
  EXPECT_EQ(box.open(other_key, "ottb.lead.phone:1", sealed).error().kind, errc::not_found);
}

TEST_F(envelopes, every_changed_byte_is_noticed) {
  const auto sealed = box.seal_site("trunk:11", "secret text");
  EXPECT_EQ(box.open_site("trunk:11", sealed)->reveal(), "secret text");
  EXPECT_FALSE(box.open_site("trunk:12", sealed));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto bent = sealed;
    bent[i] = static_cast<char>(bent[i] ^ 4);
    EXPECT_FALSE(box.open_site("trunk:11", bent)) << i;
    EXPECT_FALSE(box.open_site("trunk:11", sealed.substr(0, i))) << i;
  }
}

TEST_F(envelopes, another_kek_opens_nothing) {
  site_secrets other = secrets;
  other.kek = secret(std::string(64, 'd'));
  const envelope foreign(other, random);
  EXPECT_FALSE(foreign.open_site("p", box.seal_site("p", "x")));
  EXPECT_FALSE(foreign.unwrap(subject, box.new_wrapped_key(subject)));
  EXPECT_NE(foreign.checkpoint_seed(), box.checkpoint_seed());
}

TEST_F(envelopes, wrong_key_files_stop_the_start) {
  for (const auto& bad : {std::string(), std::string(63, 'a'), std::string(64, 'Z'), std::string(66, 'a')}) {
    site_secrets wrong = secrets;
    wrong.kek = secret(bad);
    EXPECT_THROW(envelope(wrong, random), std::runtime_error) << bad;
    wrong = secrets;
    wrong.index_key = secret(bad);
    EXPECT_THROW(envelope(wrong, random), std::runtime_error) << bad;
  }
  site_secrets wrong = secrets;
  wrong.dnc_key = secret();
  EXPECT_THROW(envelope(wrong, random), std::runtime_error);
}

}  // namespace
}  // namespace vss::point
