#pragma once
// Values that must never be printed. Neither type has a formatter, a stream operator or a conversion to string; the log
// and the DTO writer refuse them at compile time. `reveal()` is the one way out and is easy to find in a review.
#include <string>
#include <utility>

namespace vss {

template <class Tag>
class sealed_text {
 public:
  sealed_text() = default;
  explicit sealed_text(std::string text) : text_(std::move(text)) {}
  const std::string& reveal() const { return text_; }
  bool empty() const { return text_.empty(); }
  friend bool operator==(const sealed_text&, const sealed_text&) = default;

 private:
  std::string text_;
};

struct secret_tag {};
struct e164_tag {};

using secret = sealed_text<secret_tag>;  // passwords, tokens, keys
using e164 = sealed_text<e164_tag>;      // a phone number as +E.164, already normalised

// "+7495•••••67": the only form of a number that people without `ottb.lead.reveal` see.
std::string masked(const e164& number);

}  // namespace vss
