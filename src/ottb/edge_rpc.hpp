#pragma once
// JSON-RPC 2.0 to the SIP edge (engines/kamailio/README.md, RPC): one call, one deadline, the key in a header.
#include <boost/json/value.hpp>
#include <string>

#include "base/secret.hpp"
#include "net/http.hpp"

namespace vss::ottb {

class edge_rpc {
 public:
  edge_rpc(executor on, std::string url, secret key);
  // The `result` member. refused: the edge answered with an error; unavailable: it did not answer.
  task<result<boost::json::value>> call(std::string method, boost::json::value params);

 private:
  net::http_client client_;
  std::string url_;
  secret key_;
};

}  // namespace vss::ottb
