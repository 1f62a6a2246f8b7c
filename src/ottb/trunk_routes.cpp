// The endpoint tables of trunks and of our own numbers.
#include "ottb/number_desk.hpp"
#include "ottb/trunk_desk.hpp"

namespace vss::ottb {

void add_routes(net::router& to, trunk_desk& desk) {
  to.path_parameter({"trunk", "[1-9][0-9]{0,8}", "a trunk's id"});

  to.add({.method = "GET",
          .path = "/ottb/trunks",
          .permission = "ottb.trunk.read",
          .summary = "trunks with their limits and health",
          .query = page_parameters("[0-9]{1,9}")},
         [&desk](net::call asked) { return desk.list(std::move(asked)); });
  to.add({.method = "POST",
          .path = "/ottb/trunks",
          .permission = "ottb.trunk.write",
          .summary = "a new trunk",
          .status = 201,
          .audit = "ottb.trunk.create"},
         [&desk](net::call asked, trunk_input input) { return desk.make(std::move(asked), std::move(input)); });
  to.add({.method = "GET", .path = "/ottb/trunks/{trunk}", .permission = "ottb.trunk.read", .summary = "one trunk"},
         [&desk](net::call asked) { return desk.get(std::move(asked)); });
  to.add({.method = "PUT",
          .path = "/ottb/trunks/{trunk}",
          .permission = "ottb.trunk.write",
          .summary = "change a trunk; an absent secret stays",
          .if_match = true,
          .audit = "ottb.trunk.change"},
         [&desk](net::call asked, trunk_input input) { return desk.change(std::move(asked), std::move(input)); });
  to.add({.method = "DELETE",
          .path = "/ottb/trunks/{trunk}",
          .permission = "ottb.trunk.write",
          .summary = "retire a trunk; its calls keep its id",
          .if_match = true,
          .audit = "ottb.trunk.retire"},
         [&desk](net::call asked) { return desk.retire(std::move(asked)); });
}

void add_routes(net::router& to, number_desk& desk) {
  to.path_parameter({"did", "[+]?[0-9]{7,15}", "one of our own numbers"});

  to.add({.method = "GET",
          .path = "/ottb/dids",
          .permission = "ottb.did.read",
          .summary = "our own numbers and where they lead",
          .query = page_parameters("[+]?[0-9]{1,15}")},
         [&desk](net::call asked) { return desk.list(std::move(asked)); });
  to.add({.method = "GET", .path = "/ottb/dids/{did}", .permission = "ottb.did.read", .summary = "one of our numbers"},
         [&desk](net::call asked) { return desk.get(std::move(asked)); });
  to.add({.method = "PUT",
          .path = "/ottb/dids/{did}",
          .permission = "ottb.did.write",
          .summary = "route one of our numbers to a slot, a service or a queue",
          .audit = "ottb.did.route"},
         [&desk](net::call asked, did_input input) { return desk.put(std::move(asked), std::move(input)); });
  to.add({.method = "DELETE",
          .path = "/ottb/dids/{did}",
          .permission = "ottb.did.write",
          .summary = "a number that is not ours any more",
          .audit = "ottb.did.remove"},
         [&desk](net::call asked) { return desk.remove(std::move(asked)); });
}

}  // namespace vss::ottb
