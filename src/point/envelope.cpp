#include "point/envelope.hpp"

#include <stdexcept>

#include "point/crypto.hpp"

namespace vss::point {
namespace {

constexpr char version = 1;
constexpr std::size_t id_size = 4;
constexpr std::size_t nonce_size = 12;

std::string raw_key(const secret& hex_text, const char* which) {
  auto raw = from_hex(hex_text.reveal());
  if (!raw || raw->size() != 32) throw std::runtime_error(std::string(which) + " must hold 64 hexadecimal digits");
  return std::move(*raw);
}

std::string key_id(const secret& key) { return sha256("vss key id" + key.reveal()).substr(0, id_size); }

std::string subject_place(std::string_view subject) { return "point.subject.wrapped_key:" + to_hex(subject); }

}  // namespace

envelope::envelope(const site_secrets& secrets, random_source& random)
    : random_(random), index_key_(raw_key(secrets.index_key, "the index key")), dnc_key_(secrets.dnc_key) {
  const std::string kek = raw_key(secrets.kek, "the key-encryption key");
  wrap_key_ = secret(derive_key(kek, "vss subject keys"));
  site_key_ = secret(derive_key(kek, "vss site secrets"));
  checkpoint_seed_ = secret(derive_key(kek, "vss audit checkpoints"));
  if (dnc_key_.empty()) throw std::runtime_error("the do-not-call key is empty");
}

std::string envelope::blind_index(const e164& number) const {
  return hmac_sha256(index_key_.reveal(), "phone:" + number.reveal());
}

std::string envelope::edge_hash(const e164& number) const {
  return sha256_hex(dnc_key_.reveal() + ":" + number.reveal());
}

std::string envelope::new_wrapped_key(std::string_view subject) const {
  return seal(wrap_key_, subject_place(subject), random_bytes(random_, 32));
}

result<secret> envelope::unwrap(std::string_view subject, std::string_view wrapped) const {
  auto key = open(wrap_key_, subject_place(subject), wrapped);
  if (!key) return std::unexpected(std::move(key.error()));
  if (key->size() != 32) return fail(errc::internal, "a wrapped key has a wrong size");
  return secret(std::move(*key));
}

std::string envelope::seal(const secret& key, std::string_view place, std::string_view text) const {
  const std::string nonce = random_bytes(random_, nonce_size);
  return version + key_id(key) + aes_seal(key.reveal(), nonce, place, text);
}

result<std::string> envelope::open(const secret& key, std::string_view place, std::string_view sealed) const {
  if (sealed.size() < 1 + id_size || sealed[0] != version) return fail(errc::invalid, "not a sealed text");
  if (sealed.substr(1, id_size) != key_id(key)) {
    return fail(errc::not_found, "the key that sealed this is gone or another's");
  }
  return aes_open(key.reveal(), place, sealed.substr(1 + id_size));
}

std::string envelope::seal_site(std::string_view place, std::string_view text) const {
  return seal(site_key_, place, text);
}

result<secret> envelope::open_site(std::string_view place, std::string_view sealed) const {
  auto text = open(site_key_, place, sealed);
  if (!text) return std::unexpected(std::move(text.error()));
  return secret(std::move(*text));
}

}  // namespace vss::point
