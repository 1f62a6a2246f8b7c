#include "base/config.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

using namespace vss;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

namespace shapes {
struct listen_config {
  std::string address;
  std::int64_t port = 0;
};
BOOST_DESCRIBE_STRUCT(listen_config, (), (address, port))
inline auto dto_rules(const listen_config*) { return dto::rules(dto::range<&listen_config::port>(1, 65535)); }
struct server_config {
  std::string name;
  listen_config api;
  std::vector<std::string> hubs;
  std::optional<double> share;
};
BOOST_DESCRIBE_STRUCT(server_config, (), (name, api, hubs, share))
}  // namespace shapes

namespace {

// A file of its own folder, gone with the test.
class config_file : public testing::Test {
 protected:
  config_file() {
    char name[] = "/tmp/vss_config_XXXXXX";
    folder_ = ::mkdtemp(name);
  }
  ~config_file() override { std::filesystem::remove_all(folder_); }
  std::string file(const std::string& text, unsigned mode = 0600) {
    const std::string path = folder_ + "/file";
    std::ofstream(path) << text;
    ::chmod(path.c_str(), mode);
    return path;
  }
  std::string folder_;
};

}  // namespace

TEST_F(config_file, is_read_as_a_type) {
  const auto got =
      config::load<shapes::server_config>(file("name = 'a'\nhubs = ['x', 'y']\n[api]\naddress = '::'\nport = 5\n"));
  ASSERT_TRUE(got) << got.error().message;
  EXPECT_EQ(got->api.port, 5);
  EXPECT_EQ(got->hubs.size(), 2U);
}

TEST_F(config_file, says_all_that_is_wrong_at_once) {
  const auto got = config::load<shapes::server_config>(
      file("nam = 'a'\nhubs = 3\n[api]\naddress = 1979-05-27\nport = 70000\nextra = 1\n"));
  ASSERT_FALSE(got);
  EXPECT_THAT(got.error().message, HasSubstr("is not a valid configuration"));
  std::vector<std::string> at;
  for (const auto& bad : got.error().problems) at.push_back(bad.pointer);
  EXPECT_THAT(at, UnorderedElementsAre("/name", "/nam", "/hubs", "/api/address", "/api/port", "/api/extra"));
}

TEST_F(config_file, with_a_syntax_error_names_the_line) {
  const auto got = config::load<shapes::server_config>(file("name = 'a'\nname = 'b'\n"));
  ASSERT_FALSE(got);
  EXPECT_THAT(got.error().message, HasSubstr("line 2"));
}

TEST_F(config_file, that_is_missing_is_an_error_value) {
  EXPECT_EQ(config::load<shapes::server_config>(folder_ + "/none").error().kind, errc::not_found);
  EXPECT_FALSE(config::load<shapes::server_config>(folder_));
}

TEST_F(config_file, of_a_secret_must_be_private) {
  EXPECT_EQ(config::read_secret(file("hunter2\n"))->reveal(), "hunter2");
  EXPECT_EQ(config::read_secret(file("hunter2\n", 0640)).error().kind, errc::forbidden);
  EXPECT_EQ(config::read_secret(file("\n")).error().kind, errc::invalid);
  EXPECT_EQ(config::read_secret(folder_ + "/none").error().kind, errc::not_found);
}
