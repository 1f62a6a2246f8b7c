#pragma once
// TLS settings, read once from files and shared by all connections of one listener or client. Servers with `client_ca`
// (the machines' side) speak TLS 1.3 only; all others 1.2 and up. No session tickets and no cache: every connection
// proves its certificate. Memory per idle connection is kept small (SSL_MODE_RELEASE_BUFFERS).
#include <memory>
#include <string>

#include "net/http.hpp"

struct ssl_ctx_st;

namespace vss::net {

class tls_context {
 public:
  // Both throw when a file is missing or wrong: start-up must not go on.
  static std::shared_ptr<tls_context> server(const tls_files& files);
  static std::shared_ptr<tls_context> client(const client_options& options);
  explicit tls_context(ssl_ctx_st* owned) : context_(owned) {}
  ~tls_context();
  tls_context(const tls_context&) = delete;
  tls_context& operator=(const tls_context&) = delete;
  ssl_ctx_st* native() const { return context_; }

 private:
  ssl_ctx_st* context_;
};

// The reasons OpenSSL left behind, emptied.
std::string tls_reasons();

}  // namespace vss::net
