#include "point/jwt.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "base/ids.hpp"
#include "point/base64.hpp"
#include "point/canonical.hpp"
#include "point/crypto.hpp"

namespace vss::point {
namespace json = boost::json;
namespace {

constexpr std::string_view issuer = "vss";
constexpr std::string_view type = "at+jwt";
constexpr std::string_view algorithm = "EdDSA";

std::unexpected<error> refuse(const char* why) { return fail(errc::unauthorized, why); }

std::optional<std::string> text_member(const json::object& from, std::string_view name) {
  const auto* found = from.if_contains(name);
  if (!found || !found->is_string()) return std::nullopt;
  return std::string(found->get_string());
}

std::optional<std::int64_t> whole_member(const json::object& from, std::string_view name) {
  const auto* found = from.if_contains(name);
  if (!found || !found->is_int64()) return std::nullopt;
  return found->get_int64();
}

result<json::object> part(std::string_view encoded, const char* which) {
  const auto raw = from_base64url(encoded);
  if (!raw) return refuse("form");
  auto value = parse_canonical(*raw);
  if (!value || !value->is_object()) return refuse(which);
  return std::move(value->get_object());
}

result<std::string> read_kid(std::string_view encoded) {
  const auto header = part(encoded, "header");
  if (!header) return std::unexpected(header.error());
  const auto kid = text_member(*header, "kid");
  const bool ours =
      header->size() == 3 && text_member(*header, "alg") == algorithm && text_member(*header, "typ") == type && kid;
  if (!ours) return refuse("header");
  return *kid;
}

bool is_service_name(std::string_view text) {
  constexpr std::string_view prefix = "service:";
  if (!text.starts_with(prefix) || text.size() > 40 || text.size() == prefix.size()) return false;
  return text.substr(prefix.size()).find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

result<claims> read_claims(std::string_view encoded) {
  const auto body = part(encoded, "claims");
  if (!body) return std::unexpected(body.error());
  const auto subject = text_member(*body, "sub");
  const auto session = text_member(*body, "sid");
  const auto id = text_member(*body, "jti");
  const auto issued = whole_member(*body, "iat");
  const auto expires = whole_member(*body, "exp");
  const bool whole = body->size() == 7 && subject && session && id && issued && expires &&
                     text_member(*body, "iss") == issuer && text_member(*body, "aud") == issuer;
  if (!whole || !is_uuid(*session) || !is_uuid(*id)) return refuse("claims");
  if (!is_uuid(*subject) && !is_service_name(*subject)) return refuse("claims");
  return claims{*subject, *session, *id, *issued, *expires};
}

result<void> check_times(const claims& what, instant now) {
  const auto at = std::chrono::duration_cast<seconds>(now.time_since_epoch()).count();
  const auto longest = what.service() ? longest_life : token_life;
  const bool sound = what.issued > 0 && what.expires > what.issued && what.expires - what.issued <= longest.count();
  if (!sound) return refuse("claims");
  if (what.issued > at + clock_skew.count()) return refuse("future");
  if (what.expires <= at) return refuse("expired");
  return {};
}

}  // namespace

std::string key_id_of(std::string_view public_key) { return sha256_hex(public_key).substr(0, 16); }

secret issue_token(const claims& what, std::string_view kid, const secret& seed) {
  const json::object header{{"alg", algorithm}, {"kid", kid}, {"typ", type}};
  const json::object body{{"aud", issuer},  {"exp", what.expires}, {"iat", what.issued}, {"iss", issuer},
                          {"jti", what.id}, {"sid", what.session}, {"sub", what.subject}};
  const std::string signed_part = base64url(canonical(header).value()) + "." + base64url(canonical(body).value());
  return secret(signed_part + "." + base64url(ed25519_sign(seed.reveal(), signed_part)));
}

result<claims> verify_token(std::string_view token, const public_keys& keys, instant now) {
  if (token.size() > token_limit) return refuse("form");
  const auto first = token.find('.');
  const auto last = token.rfind('.');
  if (first == std::string_view::npos || first == last || token.find('.', first + 1) != last) return refuse("form");

  const auto kid = read_kid(token.substr(0, first));
  if (!kid) return std::unexpected(kid.error());
  const auto key = keys.find(*kid);
  if (key == keys.end()) return refuse("key");
  const auto signature = from_base64url(token.substr(last + 1));
  if (!signature) return refuse("form");
  if (!ed25519_verify(key->second, token.substr(0, last), *signature)) return refuse("signature");

  auto body = read_claims(token.substr(first + 1, last - first - 1));
  if (!body) return body;
  if (auto timely = check_times(*body, now); !timely) return std::unexpected(timely.error());
  return body;
}

}  // namespace vss::point
