#include "ottb/dnc_service.hpp"

#include "base/log.hpp"
#include "base/scope.hpp"

namespace vss::ottb {

dnc_service::dnc_service(net::pg_pool& db, point::vault& vault, scope& life)
    : store_(db), db_(db), vault_(vault), life_(life) {}

void dnc_service::start() {
  const auto listener = [this](std::string news) { heard(news); };
  spawn(life_, "dnc_news", db_.listen(std::string(dnc_topic), listener));
}

void dnc_service::heard(const std::string& news) {
  const auto space = news.find(' ');
  if (!heard_ || news.empty() || space == std::string::npos) return;
  const std::string list = news.substr(space + 1);
  if (list != "global" && list != "national") return;  // a campaign's own list is the permit desk's alone
  heard_({news.substr(1, space - 1), list, news[0] == '+'});
}

task<result<bool>> dnc_service::add(e164 number, request why) {
  dnc_entry entry{vault_.blind_index(number), why.scope, why.source, why.reason, why.by, {}};
  const std::string hash = vault_.edge_hash(number);
  auto added = co_await store_.add(std::move(entry), hash);
  if (added)
    log::info("ottb", "do_not_call_added",
              {{"scope", why.scope}, {"source", why.source}, {"by", why.by}, {"new", *added}});
  co_return added;
}

task<result<void>> dnc_service::remove_index(std::string index, std::string scope) {
  auto gone = co_await store_.remove(std::move(index), std::move(scope));
  if (!gone) co_return fail(std::move(gone.error()));
  co_return result<void>{};
}

task<result<void>> dnc_service::remove(e164 number, std::string scope) {
  co_return co_await remove_index(vault_.blind_index(number), std::move(scope));
}

task<result<std::vector<dnc_entry>>> dnc_service::of(e164 number) {
  co_return co_await store_.of(vault_.blind_index(number));
}

task<result<std::vector<dnc_entry>>> dnc_service::list(std::string scope, std::string after_index, int limit) {
  co_return co_await store_.list(std::move(scope), std::move(after_index), limit);
}

}  // namespace vss::ottb
