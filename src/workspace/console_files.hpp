#pragma once
// The built console: files of web/dist, read once at start. Everything under /assets/ has a hash in its name and never
// changes; every other page is index.html, with a fresh nonce for its styles and scripts in each answer.
#include <map>
#include <string>

#include "base/ids.hpp"
#include "net/http.hpp"

namespace vss::workspace {

class console_files {
 public:
  // `folder` empty or without index.html: a page that says how to build it. `zone`: the site's, which the page shows
  // times in. Throws when a file cannot be read or all of them are larger than 64 MiB.
  console_files(const std::string& folder, std::string zone, random_source& random);

  bool built() const { return !index_.empty(); }
  // For GET and HEAD of what is no route of the API.
  net::http_response answer(const net::http_request& request) const;

 private:
  struct file {
    std::string type;
    std::string tag;
    std::string plain, br, gz;  // br and gz empty: only plain
  };
  net::http_response page() const;
  net::http_response asset(const file& what, const net::http_request& request) const;

  std::string index_;
  std::map<std::string, file, std::less<>> assets_;  // by path: "/assets/main-1a2b3c.js"
  random_source& random_;
};

// The policy of every page: only files of this server, styles with the nonce, nothing inline, nobody may frame it.
std::string content_policy(std::string_view nonce);

}  // namespace vss::workspace
