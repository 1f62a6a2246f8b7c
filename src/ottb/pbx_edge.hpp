#pragma once
// What we ask of Kamailio by JSON-RPC about calls: which dialogs stand, and to end one whose media server is gone.
#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "base/async.hpp"
#include "base/secret.hpp"
#include "net/http.hpp"

namespace vss::ottb {

class pbx_edge {
 public:
  pbx_edge(executor on, std::string rpc, secret key);
  // Ends every dialog with that SIP Call-ID: both sides get BYE. Answers how many there were.
  task<result<int>> end_dialogs(std::string call_id);
  // true: a dialog with that Call-ID stands.
  task<result<bool>> has_dialog(std::string call_id);

 private:
  task<result<boost::json::value>> call(std::string method, boost::json::value params);
  net::http_client client_;
  std::string rpc_;
  secret key_;
};

}  // namespace vss::ottb
