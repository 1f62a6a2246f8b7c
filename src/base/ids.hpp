#pragma once
// Identifiers and randomness, both injected so that tests can repeat a run.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace vss {

class random_source {
 public:
  virtual ~random_source() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

// The kernel's generator; throws when it fails (a broken invariant).
class system_random final : public random_source {
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

// A repeatable sequence for tests and simulations.
class fake_random final : public random_source {
 public:
  explicit fake_random(std::uint64_t seed) : state_(seed) {}
  void fill(std::span<std::uint8_t> bytes) override;

 private:
  std::uint64_t state_;
};

std::string hex(std::span<const std::uint8_t> bytes);
std::string random_hex(random_source& random, std::size_t bytes);
std::uint64_t random_number(random_source& random, std::uint64_t below);

// UUID version 7 (RFC 9562): sortable by time, 36 characters, lower case.
std::string make_uuid(const clock& time, random_source& random);
bool is_uuid(std::string_view text);

}  // namespace vss
