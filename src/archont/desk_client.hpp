#pragma once
// The hub's REST calls to the server over mutual TLS: ask for a permit (F-01 step 3), hand in reports (F-11).
#include <memory>
#include <vector>

#include "archont/identity.hpp"
#include "base/trail.hpp"
#include "link/lead.hpp"
#include "link/report.hpp"
#include "net/http.hpp"

namespace vss::archont {

class desk_client {
 public:
  // `rest`: base URL of the link listener, from the hub's configuration.
  desk_client(executor on, const identity& who, const archont_options& options);
  void use(std::string rest) { rest_ = std::move(rest); }
  // After a renewal the connections must present the new certificate.
  void renewed();
  task<result<link::permit_answer>> permit(link::permit_request request, trail story);
  task<result<link::report_receipt>> report(std::vector<std::string> bodies);

 private:
  task<result<std::string>> post(std::string path, std::string body, std::string trail);
  executor on_;
  const identity& who_;
  const archont_options& options_;
  std::string rest_;
  std::unique_ptr<net::http_client> client_;
};

}  // namespace vss::archont
