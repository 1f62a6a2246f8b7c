#pragma once
// A client of our own REST API, as `vss admin` and the demo use it: JSON in, JSON out, problems as errors.
#include <boost/json/value.hpp>

#include "base/async.hpp"
#include "base/secret.hpp"
#include "net/http.hpp"

namespace vss::app {

class rest {
 public:
  // Without a token: as nobody.
  rest(executor on, std::string base, secret token);
  // The parsed answer (null for 204). Errors carry the server's own words and its problem list.
  task<result<boost::json::value>> send(std::string method, std::string path, boost::json::value body = nullptr);
  task<result<boost::json::value>> get(std::string path) { return send("GET", std::move(path)); }
  task<result<boost::json::value>> post(std::string path, boost::json::value body) {
    return send("POST", std::move(path), std::move(body));
  }
  // A body of another type (CSV).
  task<result<boost::json::value>> upload(std::string method, std::string path, std::string type, std::string body);

 private:
  net::http_client client_;
  std::string base_;
  secret token_;
};

}  // namespace vss::app
