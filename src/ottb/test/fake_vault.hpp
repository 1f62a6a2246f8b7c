#pragma once
// For tests: a vault whose seals can be told apart by their place.
#include "point/api.hpp"

namespace vss::ottb::test {

class fake_vault final : public point::vault {
 public:
  std::string blind_index(const e164& number) const override { return "index " + number.reveal(); }
  std::string edge_hash(const e164& number) const override { return "edge " + number.reveal(); }
  task<result<std::vector<std::string>>> seal(std::vector<item> items) override {
    std::vector<std::string> out;
    for (const auto& each : items) out.push_back(each.place + "|" + each.text);
    co_return out;
  }
  task<result<std::string>> open(std::string, std::string place, std::string sealed) override {
    co_return without(place, sealed);
  }
  std::string seal_site(std::string_view place, std::string_view text) const override {
    return std::string(place) + "|" + std::string(text);
  }
  result<secret> open_site(std::string_view place, std::string_view sealed) const override {
    auto text = without(place, sealed);
    if (!text) return std::unexpected(text.error());
    return secret(*text);
  }
  task<result<void>> erase_subject(std::string) override { co_return result<void>{}; }

 private:
  static result<std::string> without(std::string_view place, std::string_view sealed) {
    const std::string head = std::string(place) + "|";
    if (!sealed.starts_with(head)) return fail(errc::invalid, "sealed for another place");
    return std::string(sealed.substr(head.size()));
  }
};

}  // namespace vss::ottb::test
