#include "workspace/routes.hpp"

namespace vss::workspace {

struct ticket_view {
  std::string ticket;
  std::int64_t expires_in = 0;  // seconds
};
BOOST_DESCRIBE_STRUCT(ticket_view, (), (ticket, expires_in))

void add_routes(net::router& to, service& workspace) {
  to.add({.method = "POST",
          .path = "/workspace/tickets",
          .permission = "workspace.live.open",
          .summary = "A ticket that opens one live socket (GET /workspace/live, subprotocol vss.live.1) within 30 s"},
         [&workspace](net::call what) -> task<result<ticket_view>> {
           if (!is_uuid(what.who.id) || what.who.session.empty())
             co_return fail(errc::forbidden, "live sockets are for people who signed in");
           auto ticket = co_await workspace.tickets().issue({what.who.id, what.who.session});
           if (!ticket) co_return std::unexpected(std::move(ticket.error()));
           co_return ticket_view{std::move(*ticket), ticket_life.count()};
         });
}

}  // namespace vss::workspace
