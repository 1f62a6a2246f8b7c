#pragma once
// The OpenAPI 3.1 document of a route table. Operations carry `x-permission` ("open" spelled out); types become
// components.
#include <boost/json/object.hpp>

#include "net/router.hpp"

namespace vss::net {

struct described_route {
  const route* told;
  std::vector<parameter> path;  // with their patterns
  boost::json::object (*in)(boost::json::object&);
  boost::json::object (*out)(boost::json::object&);
  bool raw_in;
  bool raw_out;
  bool versioned;
};

class openapi_document {
 public:
  openapi_document(std::string title, std::string version);
  void add(const described_route& about);
  boost::json::object finish() &&;  // paths and components in alphabetical order

 private:
  std::string title_;
  std::string version_;
  std::map<std::string, std::map<std::string, boost::json::object>> paths_;
  boost::json::object components_;
};

}  // namespace vss::net
