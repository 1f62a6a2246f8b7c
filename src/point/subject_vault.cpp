#include "point/subject_vault.hpp"

#include <set>

namespace vss::point {
namespace {

constexpr std::size_t batch_limit = 5000;

}  // namespace

task<result<std::vector<std::string>>> subject_vault::seal(std::vector<item> items) {
  if (items.empty()) co_return std::vector<std::string>{};
  if (items.size() > batch_limit) co_return fail(errc::too_large, "at most 5000 texts are sealed at once");
  std::set<std::string> unique;
  for (const auto& one : items) unique.insert(one.subject);
  std::vector<std::string> subjects(unique.begin(), unique.end());
  std::vector<std::string> offered;
  offered.reserve(subjects.size());
  for (const auto& subject : subjects) offered.push_back(box_.new_wrapped_key(subject));

  auto wrapped = co_await store_.ensure(std::move(subjects), std::move(offered));
  if (!wrapped) co_return fail(std::move(wrapped.error()));
  std::vector<std::string> out;
  out.reserve(items.size());
  for (const auto& one : items) {
    const auto found = wrapped->find(one.subject);
    // Erased between the two statements of one transaction: cannot be.
    if (found == wrapped->end()) co_return fail(errc::conflict, "the subject was erased meanwhile");
    auto key = box_.unwrap(one.subject, found->second);
    if (!key) co_return fail(std::move(key.error()));
    out.push_back(box_.seal(*key, one.place, one.text));
  }
  co_return out;
}

task<result<std::string>> subject_vault::open(std::string subject, std::string place, std::string sealed) {
  auto wrapped = co_await store_.wrapped_key(subject);
  if (!wrapped) co_return fail(std::move(wrapped.error()));
  auto key = box_.unwrap(subject, *wrapped);
  if (!key) co_return fail(std::move(key.error()));
  co_return box_.open(*key, place, sealed);
}

task<result<void>> subject_vault::erase_subject(std::string subject) {
  auto done = co_await store_.erase(std::move(subject));
  if (!done) co_return fail(std::move(done.error()));
  if (!*done) co_return fail(errc::not_found, "there is no such subject");
  co_return result<void>{};
}

}  // namespace vss::point
