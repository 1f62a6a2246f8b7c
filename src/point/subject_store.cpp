#include "point/subject_store.hpp"

namespace vss::point {
namespace {

constexpr net::statement offer{"point.subject.offer",
                               "insert into point.subject (phone_index, wrapped_key) "
                               "select * from unnest($1::bytea[], $2::bytea[]) as t(phone_index, wrapped_key) "
                               "order by 1 on conflict (phone_index) do nothing",
                               seconds(10)};
constexpr net::statement keys{
    "point.subject.keys", "select phone_index, wrapped_key from point.subject where phone_index = any ($1::bytea[])",
    seconds(10)};
constexpr net::statement key{"point.subject.key", "select wrapped_key from point.subject where phone_index = $1"};
constexpr net::statement erased{"point.subject.erase", "delete from point.subject where phone_index = $1"};

std::string bytea_array(const std::vector<std::string>& raw) {
  std::vector<std::string> texts;
  texts.reserve(raw.size());
  for (const auto& one : raw) texts.push_back(net::bytea(one));
  return net::text_array(texts);
}

}  // namespace

task<result<std::map<std::string, std::string>>> subject_store::ensure(std::vector<std::string> subjects,
                                                                       std::vector<std::string> offered) {
  const std::string indexes = bytea_array(subjects);
  std::vector<net::step> steps;
  steps.push_back({&offer, {indexes, bytea_array(offered)}});
  steps.push_back({&keys, {indexes}});
  auto done = co_await db_.pipeline(std::move(steps));
  if (!done) co_return fail(std::move(done.error()));
  std::map<std::string, std::string> out;
  for (const auto row : done->at(1)) out.emplace(net::from_bytea(row.text(0)), net::from_bytea(row.text(1)));
  co_return out;
}

task<result<std::string>> subject_store::wrapped_key(std::string subject) {
  net::params with{net::bytea(subject)};
  auto found = co_await db_.run(key, std::move(with));
  if (!found) co_return fail(std::move(found.error()));
  if (found->empty()) co_return fail(errc::not_found, "this person's data was erased");
  co_return net::from_bytea((*found)[0].text(0));
}

task<result<bool>> subject_store::erase(std::string subject) {
  net::params with{net::bytea(subject)};
  auto done = co_await db_.run(erased, std::move(with));
  if (!done) co_return fail(std::move(done.error()));
  co_return done->affected() > 0;
}

}  // namespace vss::point
