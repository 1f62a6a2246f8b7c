#include "ottb/profile_cache.hpp"

#include "ottb/profile_document.hpp"

namespace vss::ottb {

namespace {

constexpr std::size_t most_known = 1000;
constexpr net::statement read_profile{"ottb_profile_read",
                                      "select name, version, document from ottb.profile where id = $1"};

}  // namespace

task<result<std::shared_ptr<const profile>>> profile_cache::get(std::string id) {
  const auto known = known_.find(id);
  if (known != known_.end()) co_return known->second;
  net::params with{id};
  auto found = co_await db_.run(read_profile, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "no such profile");
  const auto row = (*found)[0];
  auto document = dto::parse<profile_document>(row.text(2));
  if (!document) co_return fail(std::move(document.error()));
  auto made = make_profile(id, row.string(0), static_cast<int>(row.whole(1)), *document);
  if (!made) co_return fail(std::move(made.error()));
  auto kept = std::make_shared<const profile>(std::move(*made));
  if (known_.size() < most_known) known_.emplace(id, kept);
  co_return kept;
}

}  // namespace vss::ottb
