// The console as a browser gets it: pages with a nonce of their own, assets that never change, nothing else of the
// disk.
#include "workspace/console_files.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

using namespace vss;
using workspace::console_files;

namespace {

namespace fs = std::filesystem;

void write(const fs::path& to, const std::string& text) {
  fs::create_directories(to.parent_path());
  std::ofstream(to, std::ios::binary) << text;
}

class console : public testing::Test {
 protected:
  void SetUp() override {
    write(dist_ / "index.html",
          R"(<meta name="csp-nonce" content="__NONCE__"><meta name="site-zone" content=""><script nonce="__NONCE__">)");
    write(dist_ / "assets/main-1a2b.js", "plain");
    write(dist_ / "assets/main-1a2b.js.br", "brotli");
    write(dist_ / "assets/main-1a2b.js.gz", "gzip");
    write(dist_ / "assets/photo-3c.png", "png");
    write(folder_ / "secret.txt", "secret");
  }
  void TearDown() override { fs::remove_all(folder_); }

  net::http_response get(std::string path, std::vector<std::pair<std::string, std::string>> headers = {}) {
    net::http_request asked;
    asked.method = "GET";
    asked.path = std::move(path);
    asked.headers.all = std::move(headers);
    const console_files files(dist_.string(), "Europe/Moscow", random_);
    return files.answer(asked);
  }

  fs::path folder_ = fs::temp_directory_path() / ("vss-console-" + std::to_string(::getpid()));
  fs::path dist_ = folder_ / "dist";
  fake_random random_{7};
};

}  // namespace

TEST_F(console, every_page_is_the_index_with_a_nonce_of_its_own) {
  const auto one = get("/wall");
  const auto two = get("/slots/7001");
  EXPECT_EQ(one.status, 200);
  EXPECT_EQ(one.headers.get("cache-control"), "no-store");
  EXPECT_EQ(one.body.find("__NONCE__"), std::string::npos);
  EXPECT_NE(one.body.find(R"(name="site-zone" content="Europe/Moscow")"), std::string::npos);
  EXPECT_NE(one.body, two.body);
  const std::string policy(one.headers.get("content-security-policy"));
  const auto at = policy.find("'nonce-");
  ASSERT_NE(at, std::string::npos);
  EXPECT_NE(one.body.find(policy.substr(at + 7, 32)), std::string::npos);
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  for (const char* name : {"x-content-type-options", "referrer-policy", "cross-origin-opener-policy",
                           "cross-origin-resource-policy", "permissions-policy"})
    EXPECT_FALSE(one.headers.get(name).empty()) << name;
}

TEST_F(console, assets_come_as_small_as_the_browser_takes_them) {
  EXPECT_EQ(get("/assets/main-1a2b.js").body, "plain");
  const auto br = get("/assets/main-1a2b.js", {{"Accept-Encoding", "gzip, deflate, br, zstd"}});
  EXPECT_EQ(br.body, "brotli");
  EXPECT_EQ(br.headers.get("content-encoding"), "br");
  EXPECT_EQ(br.headers.get("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(br.headers.get("vary"), "Accept-Encoding");
  EXPECT_NE(br.headers.get("cache-control").find("immutable"), std::string_view::npos);
  EXPECT_EQ(get("/assets/main-1a2b.js", {{"Accept-Encoding", "br;q=0, gzip"}}).body, "gzip");
  EXPECT_EQ(get("/assets/photo-3c.png", {{"Accept-Encoding", "br"}}).body, "png");
  const auto known = get("/assets/main-1a2b.js", {{"If-None-Match", std::string(br.headers.get("etag"))}});
  EXPECT_EQ(known.status, 304);
  EXPECT_TRUE(known.body.empty());
}

TEST_F(console, nothing_else_of_the_disk_can_be_had) {
  for (const char* path : {"/assets/../../secret.txt", "/../secret.txt", "/assets/main-1a2b.js.br", "/secret.txt",
                           "/assets/none.js", "//secret.txt"})
    EXPECT_EQ(get(path).status, 404) << path;
}

TEST_F(console, without_a_build_the_page_says_what_to_do) {
  fs::remove_all(dist_);
  const auto page = get("/");
  EXPECT_EQ(page.status, 503);
  EXPECT_NE(page.body.find("./vss up"), std::string::npos);
}
