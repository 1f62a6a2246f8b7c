#include "point/admin.hpp"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <charconv>

#include "point/crypto.hpp"

namespace vss::point {

asker command_line() {
  std::array<char, 4096> room{};
  passwd entry{};
  passwd* found = nullptr;
  const bool known = ::getpwuid_r(::getuid(), &entry, room.data(), room.size(), &found) == 0 && found;
  asker out;
  out.who.id = "cli:" + (known ? std::string(found->pw_name) : std::to_string(::getuid()));
  out.who.roles = {"root"};
  out.agent = "vss admin";
  out.address = "local";
  return out;
}

result<seconds> parse_life(std::string_view text) {
  std::int64_t count = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  std::int64_t each = 0;
  if (unit == "s") each = 1;
  if (unit == "m") each = 60;
  if (unit == "h") each = 3600;
  if (unit == "d") each = 86'400;
  const bool sound = ec == std::errc{} && each > 0 && count > 0 && count <= longest_life.count() / each;
  if (!sound) return invalid("/ttl", "must be like 45s, 15m, 8h or 30d, at most 31 days");
  return seconds(count * each);
}

task<result<person_created>> create_first_administrator(service& point, std::string login, std::string display_name) {
  return point.people().create_first(command_line(), std::move(login), std::move(display_name));
}

task<result<secret>> token_for_role(service& point, std::string role, seconds life) {
  return point.sign_in().service_token(command_line(), std::move(role), life);
}

task<result<verification>> verify_audit_offline(net::pg_pool& db, site_secrets secrets, std::string checkpoints,
                                                instant now) {
  system_random random;
  const envelope box(secrets, random);
  std::string key = ed25519_from_seed(box.checkpoint_seed().reveal()).open;
  co_return co_await verify_audit(db, std::move(checkpoints), std::move(key), now);
}

}  // namespace vss::point
