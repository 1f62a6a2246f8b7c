#include "point/password.hpp"

#include <argon2.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/json_text.hpp"
#include "point/crypto.hpp"
#include "point/password_words.hpp"

namespace vss::point {
namespace {

constexpr std::uint32_t passes = 2;
constexpr std::uint32_t memory_kib = 19 * 1024;
constexpr std::uint32_t lanes = 1;
constexpr std::size_t hash_size = 32;
constexpr std::size_t salt_size = 16;
constexpr std::string_view cost = "$argon2id$v=19$m=19456,t=2,p=1$";

// Lower case for ASCII and Cyrillic, digits and signs that stand for letters turned back: "P@ssw0rd" is a password.
std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c + 32);
    } else if (c == 0xd0 && next >= 0x90 && next <= 0x9f) {
      out += {static_cast<char>(0xd0), static_cast<char>(next + 0x20)};
      ++i;
    } else if (c == 0xd0 && next >= 0xa0 && next <= 0xaf) {
      out += {static_cast<char>(0xd1), static_cast<char>(next - 0x20)};
      ++i;
    } else {
      constexpr std::string_view signs = "@4301$57!";
      constexpr std::string_view letters = "aaeoisstl";
      const auto at = signs.find(static_cast<char>(c));
      out += at == std::string_view::npos ? static_cast<char>(c) : letters[at];
    }
  }
  return out;
}

bool repeats(std::string_view text) {
  for (std::size_t period = 1; period <= 4; ++period) {
    bool same = true;
    for (std::size_t i = period; i < text.size() && same; ++i) same = text[i] == text[i - period];
    if (same) return true;
  }
  return false;
}

bool runs(std::string_view text) {
  constexpr std::string_view rows =
      "012345678901234567890123456789 09876543210987654321098765 abcdefghijklmnopqrstuvwxyz "
      "qwertyuiopasdfghjklzxcvbnm 1qaz2wsx3edc4rfv5tgb6yhn 1q2w3e4r5t6y7u8i9o0p";
  return rows.contains(text);
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

// What is left of `text` when `word` and everything that is not a letter is taken out, in bytes.
std::size_t left_without(std::string text, const std::string& word) {
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word)) text.erase(at, word.size());
  return static_cast<std::size_t>(std::ranges::count_if(text, is_letter));
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

// The text itself or the text without the digits and signs at its end.
bool common(std::string_view password) {
  const std::string whole = lower_ascii(password);
  std::string stem = whole;
  while (!stem.empty() && !is_letter(stem.back())) stem.pop_back();
  std::string folded = plain(password);
  std::string folded_stem = plain(stem);
  return std::ranges::any_of(common_passwords(), [&](std::string_view word) {
    return word == whole || word == stem || word == folded || word == folded_stem;
  });
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

}  // namespace

std::string new_salt(random_source& random) { return random_bytes(random, salt_size); }

std::string hash_password(const secret& password, const std::string& salt) {
  std::array<char, 128> out{};
  const auto& text = password.reveal();
  const int failed = argon2id_hash_encoded(passes, memory_kib, lanes, text.data(), text.size(), salt.data(),
                                           salt.size(), hash_size, out.data(), out.size());
  if (failed != ARGON2_OK) throw std::runtime_error(std::string("argon2: ") + argon2_error_message(failed));
  return out.data();
}

bool verify_password(const std::string& phc, const secret& password) {
  const auto& text = password.reveal();
  return argon2id_verify(phc.c_str(), text.data(), text.size()) == ARGON2_OK;
}

bool needs_rehash(std::string_view phc) { return !phc.starts_with(cost); }

// The right cost and sizes; the tag is all zero, which argon2id gives for no password that anybody can find.
std::string nobody_hash() {
  return std::string(cost) + "dnNzIG5vYm9keSBoYXNo$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
}

result<void> check_password(const secret& password, const std::vector<std::string>& context,
                            const std::string& pointer) {
  const std::string& text = password.reveal();
  if (characters(text) < 12) return invalid(pointer, "must have at least 12 characters");
  if (text.size() > 256) return invalid(pointer, "must have at most 256 bytes");
  const bool control =
      std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (control || !is_utf8(text)) return invalid(pointer, "must be UTF-8 text without control characters");
  const std::string folded = plain(text);
  if (repeats(text) || runs(folded) || runs(text)) return invalid(pointer, "is a simple sequence");
  if (common(text)) return invalid(pointer, "is one of the commonest passwords");
  for (const auto& word : context) {
    const std::string part = plain(word);
    if (part.size() >= 3 && folded.contains(part) && left_without(folded, part) < 6) {
      return invalid(pointer, "is built around a name that everybody knows");
    }
  }
  return {};
}

}  // namespace vss::point
