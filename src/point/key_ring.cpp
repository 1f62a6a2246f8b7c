#include "point/key_ring.hpp"

#include <algorithm>

#include "point/crypto.hpp"

namespace vss::point {
namespace {

constexpr auto key_age = std::chrono::days(90);
constexpr auto published_before = std::chrono::hours(24);

std::string seed_place(const std::string& kid) { return "point.signing_key.sealed_seed:" + kid; }

const signing_key* in_state(const std::vector<signing_key>& all, std::string_view state) {
  const auto found = std::ranges::find(all, state, &signing_key::state);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

public_keys keys_in_force(const std::vector<signing_key>& all, instant now) {
  public_keys out;
  for (const auto& key : all) {
    bool counts = key.state == "active" || key.state == "next";
    if (key.state == "retired" && key.retired) {
      const instant last_of_people = *key.retired + token_life + clock_skew;
      counts = now < std::max(last_of_people, key.last_expiry.value_or(last_of_people));
    }
    if (counts) out.emplace(key.kid, key.open);
  }
  return out;
}

bool rotation_due(const std::vector<signing_key>& all, instant now) {
  const auto* active = in_state(all, "active");
  const auto* next = in_state(all, "next");
  return active && next && now - active->active.value_or(active->created) >= key_age &&
         now - next->created >= published_before;
}

signing_key key_ring::fresh_key(std::string state) const {
  auto pair = ed25519_from_seed(random_bytes(random_, 32));
  signing_key out;
  out.kid = key_id_of(pair.open);
  out.open = std::move(pair.open);
  out.sealed_seed = box_.seal_site(seed_place(out.kid), pair.seed);
  out.state = std::move(state);
  out.created = time_.now();
  if (out.state == "active") out.active = out.created;
  return out;
}

const signing_key* key_ring::active() const { return in_state(all_, "active"); }

task<result<void>> key_ring::prepare() {
  for (const char* state : {"active", "next"}) {
    auto known = co_await store_.all();
    if (!known) co_return fail(std::move(known.error()));
    if (in_state(*known, state)) continue;
    auto fresh = fresh_key(state);
    auto added = co_await store_.add(std::move(fresh));
    if (!added && added.error().kind != errc::conflict) co_return added;
  }
  co_return co_await reload();
}

task<result<void>> key_ring::reload() {
  auto all = co_await store_.all();
  if (!all) co_return fail(std::move(all.error()));
  const auto* now_active = in_state(*all, "active");
  if (!now_active) co_return fail(errc::internal, "there is no active signing key");
  auto seed = box_.open_site(seed_place(now_active->kid), now_active->sealed_seed);
  if (!seed) co_return fail(errc::internal, "the signing key does not open with this installation's key");
  all_ = std::move(*all);
  seed_ = std::move(*seed);
  ++version_;
  co_return result<void>{};
}

result<claims> key_ring::verify(std::string_view token) const {
  const auto now = time_.now();
  return verify_token(token, keys_in_force(all_, now), now);
}

result<secret> key_ring::sign(const claims& what) const {
  const auto* key = active();
  if (!key) return fail(errc::unavailable, "there is no signing key yet");
  return issue_token(what, key->kid, seed_);
}

task<result<void>> key_ring::note_expiry(instant last) {
  const auto* key = active();
  if (!key) co_return fail(errc::unavailable, "there is no signing key yet");
  co_return co_await store_.note_expiry(key->kid, last);
}

task<result<void>> key_ring::rotate(bool at_once) {
  const auto* key = active();
  if (!key) co_return fail(errc::unavailable, "there is no signing key yet");
  std::string expected = key->kid;
  std::string old_state = at_once ? "revoked" : "retired";
  auto fresh = fresh_key("next");
  auto done = co_await store_.rotate(std::move(expected), std::move(fresh), std::move(old_state), time_.now());
  if (!done) co_return done;
  co_return co_await reload();
}

}  // namespace vss::point
