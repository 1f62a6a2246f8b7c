// The DTO reader: no crash on any bytes, and what is accepted is written and read back the same.
#include <cstdint>
#include <cstdlib>

#include "base/dto.hpp"

namespace fuzzed {

enum class mode { off, on, automatic };
BOOST_DESCRIBE_ENUM(mode, off, on, automatic)

struct leaf {
  std::string name;
  std::optional<double> share;
};
BOOST_DESCRIBE_STRUCT(leaf, (), (name, share))
inline auto dto_rules(const leaf*) { return vss::dto::rules(vss::dto::length<&leaf::name>(0, 20)); }

struct body {
  std::int64_t count = 0;
  std::int32_t small = 0;
  bool yes = false;
  mode how = mode::off;
  std::optional<vss::instant> at;
  std::vector<leaf> leaves;
  std::map<std::string, std::vector<std::string>> groups;
  boost::json::value free;
  std::vector<body> below;
};
BOOST_DESCRIBE_STRUCT(body, (), (count, small, yes, how, at, leaves, groups, free, below))
inline auto dto_rules(const body*) {
  using namespace vss;
  return dto::rules(dto::range<&body::count>(-5, 1000), dto::items<&body::leaves>(0, 5),
                    dto::has_default<&body::free>(), dto::has_default<&body::below>(),
                    dto::has_default<&body::groups>());
}

}  // namespace fuzzed

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto got = vss::dto::parse<fuzzed::body>(text);
  if (!got) {
    if (got.error().kind != vss::errc::invalid || got.error().message.empty()) std::abort();
    return 0;
  }
  const std::string once = vss::dto::write(*got);
  if (once.find('E') != std::string::npos) return 0;  // a real number: the library reads it to the last digit but one
  const auto again = vss::dto::parse<fuzzed::body>(once);
  if (!again || vss::dto::write(*again) != once) std::abort();
  return 0;
}
