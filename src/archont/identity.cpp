#include "archont/identity.hpp"

#include <openssl/evp.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "base/ids.hpp"
#include "base/log.hpp"
#include "net/http.hpp"

namespace vss::archont {
namespace {

constexpr milliseconds limit{10000};
constexpr seconds half_life{15 * 86400};

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// Whole or not at all, readable by us only.
void write_private(const std::string& path, const std::string& text) {
  const auto old = ::umask(077);
  {
    std::ofstream file(path + ".new", std::ios::binary | std::ios::trunc);
    file << text;
    file.flush();
    if (!file) throw std::runtime_error(path + ": cannot be written");
  }
  ::umask(old);
  if (std::rename((path + ".new").c_str(), path.c_str()) != 0) throw std::runtime_error(path + ": cannot be replaced");
}

std::string sha256_hex(const std::string& text) {
  std::array<unsigned char, 32> digest{};
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return hex(digest);
}

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ' || text.back() == '\r')) text.pop_back();
  return text;
}

}  // namespace

identity::identity(executor on, archont_options options) : on_(std::move(on)), options_(std::move(options)) {
  ::mkdir(options_.hub.state.c_str(), 0700);
  if (file_text(key_file()).empty()) write_private(key_file(), make_key_pem());
  const std::string kept = file_text(options_.hub.state + "/identity.json");
  if (kept.empty()) return;
  auto read = dto::parse<link::enrol_answer>(kept);
  if (!read) throw std::runtime_error(options_.hub.state + "/identity.json is damaged; enrol this hub again");
  who_ = std::move(*read);
}

result<void> identity::keep(const link::enrol_answer& answer) {
  write_private(certificate_file(), answer.certificate);
  write_private(options_.hub.state + "/identity.json", dto::write(answer));
  who_ = answer;
  return {};
}

task<result<link::enrol_answer>> identity::ask(std::string path, std::string body) {
  net::client_options options;
  options.ca_file = options_.server.ca;
  net::http_client client(on_, std::move(options));
  net::http_headers headers;
  headers.set("content-type", "application/json");
  auto answer = co_await client.send("POST", options_.server.api + path, std::move(headers), std::move(body), limit);
  if (!answer) co_return std::unexpected(std::move(answer.error()));
  if (answer->status >= 500) co_return fail(errc::unavailable, "the server answered " + std::to_string(answer->status));
  if (answer->status >= 300) co_return fail(errc::forbidden, "the server refused: " + answer->body.substr(0, 300));
  co_return dto::parse<link::enrol_answer>(answer->body);
}

task<result<void>> identity::enrol() {
  if (!options_.hub.token_file) co_return fail(errc::forbidden, "this hub is not enrolled and has no token_file");
  const std::string token = trimmed(file_text(*options_.hub.token_file));
  if (token.empty()) co_return fail(errc::not_found, *options_.hub.token_file + ": no token in it");
  boost::json::object body{{"token", token}, {"csr", make_csr_pem(file_text(key_file()), "archont")}};
  auto answer = co_await ask("/point/archonts/enrol", boost::json::serialize(body));
  if (!answer) co_return std::unexpected(std::move(answer.error()));
  const auto kept = keep(*answer);
  if (kept) std::remove(options_.hub.token_file->c_str());
  log::info("archont", "enrolled", {{"hub", who_.id}, {"label", who_.label}, {"kind", who_.kind}});
  co_return kept;
}

bool identity::renewal_due(instant now) const { return enrolled() && now + half_life > who_.expires; }

task<result<void>> identity::renew() {
  const std::string key = file_text(key_file());
  const std::string csr = make_csr_pem(key, who_.id);
  const std::string text = link::renewal_text(who_.fingerprint, sha256_hex(csr));
  boost::json::object body{{"csr", csr}, {"certificate", who_.certificate}, {"signature", sign_base64url(key, text)}};
  auto answer = co_await ask("/point/archonts/renew", boost::json::serialize(body));
  if (!answer) co_return std::unexpected(std::move(answer.error()));
  co_return keep(*answer);
}

}  // namespace vss::archont
