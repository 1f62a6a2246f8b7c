#include "workspace/live_ticket.hpp"

namespace vss::workspace {
namespace {

constexpr std::size_t ticket_bytes = 32;

std::string key_of(const std::string& ticket) { return "vss:ticket:" + ticket; }

}  // namespace

task<result<std::string>> ticket_office::issue(ticket_holder who) {
  std::string ticket = random_hex(random_, ticket_bytes);
  std::vector<std::string> argv{
      "SET", key_of(ticket), who.person + ' ' + who.session, "EX", std::to_string(ticket_life.count()), "NX"};
  const auto kept = co_await kept_.command(std::move(argv));
  if (!kept) co_return fail(errc::unavailable, "live data needs Redis, which does not answer");
  co_return ticket;
}

task<result<ticket_holder>> ticket_office::take(std::string ticket) {
  if (ticket.size() != 2 * ticket_bytes) co_return fail(errc::unauthorized, "no ticket");
  std::vector<std::string> argv{"GETDEL", key_of(ticket)};
  const auto kept = co_await kept_.command(std::move(argv));
  if (!kept) co_return fail(errc::unavailable, "Redis does not answer");
  const auto space = kept->text.find(' ');
  if (kept->null || space == std::string::npos)
    co_return fail(errc::unauthorized, "the ticket is unknown, old or used");
  co_return ticket_holder{kept->text.substr(0, space), kept->text.substr(space + 1)};
}

}  // namespace vss::workspace
