#include "net/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <csignal>
#include <stdexcept>

namespace vss::net {
namespace {

[[noreturn]] void refuse(const std::string& what) { throw std::runtime_error(what + ": " + tls_reasons()); }

std::shared_ptr<tls_context> fresh(const SSL_METHOD* method) {
  // OpenSSL writes to sockets without MSG_NOSIGNAL; a peer that resets must not end the process.
  std::signal(SIGPIPE, SIG_IGN);
  SSL_CTX* context = SSL_CTX_new(method);
  if (!context) refuse("TLS cannot start");
  SSL_CTX_set_mode(context,
                   SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
  return std::make_shared<tls_context>(context);
}

void identity(SSL_CTX* context, const std::string& certificate, const std::string& key) {
  if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1) refuse(certificate);
  if (SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1) refuse(key);
  if (SSL_CTX_check_private_key(context) != 1) refuse(key + " does not belong to " + certificate);
}

}  // namespace

tls_context::~tls_context() { SSL_CTX_free(context_); }

std::shared_ptr<tls_context> tls_context::server(const tls_files& files) {
  auto made = fresh(TLS_server_method());
  identity(made->native(), files.certificate, files.key);
  if (files.client_ca.empty()) return made;
  SSL_CTX_set_min_proto_version(made->native(), TLS1_3_VERSION);
  if (SSL_CTX_load_verify_locations(made->native(), files.client_ca.c_str(), nullptr) != 1) refuse(files.client_ca);
  auto* names = SSL_load_client_CA_file(files.client_ca.c_str());
  if (!names) refuse(files.client_ca);
  SSL_CTX_set_client_CA_list(made->native(), names);
  SSL_CTX_set_verify(made->native(), SSL_VERIFY_PEER, nullptr);
  return made;
}

std::shared_ptr<tls_context> tls_context::client(const client_options& options) {
  auto made = fresh(TLS_client_method());
  if (!options.certificate.empty()) identity(made->native(), options.certificate, options.key);
  if (options.ca_file.empty())
    SSL_CTX_set_default_verify_paths(made->native());
  else if (SSL_CTX_load_verify_locations(made->native(), options.ca_file.c_str(), nullptr) != 1)
    refuse(options.ca_file);
  SSL_CTX_set_verify(made->native(), SSL_VERIFY_PEER, nullptr);
  return made;
}

std::string tls_reasons() {
  std::string out;
  while (const auto code = ERR_get_error()) {
    const char* reason = ERR_reason_error_string(code);
    out += (out.empty() ? "" : "; ") + std::string(reason ? reason : "unknown reason");
  }
  return out.empty() ? "connection closed" : out;
}

}  // namespace vss::net
