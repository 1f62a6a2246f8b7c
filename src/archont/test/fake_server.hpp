#pragma once
// The server's side of a hub for module tests: enrolment over plain HTTP, then the link, permits and reports on a TLS
// listener that asks for the hub's certificate. It acknowledges what it is told to and remembers everything it heard.
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <vector>

#include "archont/archont.hpp"
#include "base/scope.hpp"
#include "link/config_hash.hpp"
#include "link/hub_config.hpp"
#include "net/http.hpp"
#include "net/process.hpp"
#include "net/websocket.hpp"

namespace vss::archont {

class fake_server {
 public:
  fake_server(executor on, int port, std::string folder) : on_(on), port_(port), folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
  }

  // Makes a certificate authority and listens.
  task<void> start() {
    co_await openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                      "-subj", "/CN=test authority", "-keyout", ca_key(), "-out", ca()});
    co_await openssl({"req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=127.0.0.1",
                      "-keyout", folder_ + "/server.key", "-out", folder_ + "/server.csr"});
    std::ofstream(folder_ + "/server.ext") << "subjectAltName=IP:127.0.0.1\n";
    co_await openssl({"x509", "-req", "-in", folder_ + "/server.csr", "-CA", ca(), "-CAkey", ca_key(),
                      "-CAcreateserial", "-days", "2", "-extfile", folder_ + "/server.ext", "-out",
                      folder_ + "/server.crt"});
    net::http_service open;
    open.answer = [this](net::http_request request) { return answer(std::move(request)); };
    net::listen_options plain;
    plain.address = "127.0.0.1:" + std::to_string(port_);
    api_ = std::make_unique<net::http_server>(on_, plain, std::move(open));
    listen();
  }
  void listen() {
    net::http_service service;
    service.answer = [this](net::http_request request) { return answer(std::move(request)); };
    service.upgrade = [this](net::http_request request, std::shared_ptr<net::ws_connection> socket) {
      return converse(std::move(request), std::move(socket));
    };
    service.upgrade_paths = {"/link"};
    net::listen_options secure;
    secure.address = "127.0.0.1:" + std::to_string(port_ + 1);
    secure.tls = net::tls_files{folder_ + "/server.crt", folder_ + "/server.key", ca()};
    link_ = std::make_unique<net::http_server>(on_, secure, std::move(service));
  }
  // The link and the REST listener are gone until `listen`.
  task<void> cut() {
    if (socket_) socket_->close(1001, "");
    co_await link_->stop(milliseconds(100));
    link_.reset();
  }
  task<void> stop() {
    if (socket_) socket_->close(1001, "");
    if (link_) co_await link_->stop(milliseconds(100));
    co_await api_->stop(milliseconds(100));
  }

  void push(const link::hub_config& config, std::string claimed = "") {
    link::config_push body;
    body.document = dto::to_json(config);
    wanted_hash = link::config_hash(body.document);
    body.hash = claimed.empty() ? wanted_hash : claimed;
    send("config", ++sent_, dto::to_json(body));
  }
  void order(link::command command) { send("command", ++sent_, dto::to_json(command)); }
  bool linked() const { return socket_ != nullptr && socket_->open() && !hellos.empty(); }

  std::string ca() const { return folder_ + "/ca.crt"; }
  std::string rest() const { return "https://127.0.0.1:" + std::to_string(port_ + 1); }
  archont_options options(std::string state) const {
    archont_options out;
    out.server.api = "http://127.0.0.1:" + std::to_string(port_);
    out.server.link = "wss://127.0.0.1:" + std::to_string(port_ + 1) + "/link";
    out.server.ca = ca();
    out.hub.state = folder_ + "/" + state;
    out.hub.token_file = folder_ + "/token";
    out.hub.bind = "127.0.0.1";
    out.log.level = "info";
    std::ofstream(folder_ + "/token") << "a-token-of-twenty-letters\n";
    return out;
  }

  struct heard {
    std::string t;
    std::int64_t n;
    boost::json::value body;
  };
  std::vector<heard> all;  // numbered messages in the order of their arrival, repeats too
  std::vector<link::hello> hellos;
  std::vector<link::attempt_report> reports;
  std::vector<std::string> peers;  // common names of the link's clients
  std::string wanted_hash;
  bool acknowledges = true;
  bool takes_reports = true;
  std::int64_t committed = 0;
  int pings = 0;

 private:
  std::string ca_key() const { return folder_ + "/ca.key"; }

  task<void> openssl(std::vector<std::string> words) {
    net::process_options run;
    run.argv = std::move(words);
    run.argv.insert(run.argv.begin(), "openssl");
    auto end = co_await net::run_process(std::move(run));
    if (!end || end->exit_code != 0) throw std::runtime_error("openssl: " + (end ? end->err : end.error().message));
  }

  task<net::http_response> answer(net::http_request request) {
    net::http_response out;
    out.headers.set("content-type", "application/json");
    if (request.path == "/point/archonts/enrol") {
      auto asked = dto::parse<link::enrol_request>(request.body);
      out.status = asked ? 200 : 422;
      if (asked) out.body = dto::write(co_await enrol(asked->csr));
    } else if (request.path == "/link/reports" && !request.peer_certificate.empty() && takes_reports) {
      auto batch = dto::parse<link::report_batch>(request.body);
      link::report_receipt receipt;
      for (auto& one : batch->reports) {
        receipt.accepted.push_back(one.attempt);
        reports.push_back(one);
      }
      out.body = dto::write(receipt);
    } else {
      out.status = 503;
    }
    co_return out;
  }

  task<link::enrol_answer> enrol(std::string csr) {
    std::ofstream(folder_ + "/hub.csr") << csr;
    co_await openssl({"x509", "-req", "-in", folder_ + "/hub.csr", "-CA", ca(), "-CAkey", ca_key(), "-days", "2",
                      "-out", folder_ + "/hub.pem"});
    std::ifstream made(folder_ + "/hub.pem");
    link::enrol_answer out;
    out.id = "0190a0b0-0000-7000-8000-0000000000aa";
    out.short_id = "0123456789ab";
    out.label = "mf-01";
    out.kind = "MF";
    out.certificate = std::string(std::istreambuf_iterator<char>(made), {});
    out.fingerprint = "f";
    out.expires = system_clock().now() + std::chrono::hours(48);
    co_return out;
  }

  void send(const std::string& type, std::int64_t n, const boost::json::value& body) {
    if (socket_) socket_->send(dto::write(link::envelope{type, n, body}));
  }

  task<void> converse(net::http_request request, std::shared_ptr<net::ws_connection> socket) {
    socket_ = socket;
    peers.push_back(request.peer_certificate);
    for (;;) {
      auto text = co_await socket->receive(seconds(20));
      if (!text) co_return;
      auto message = dto::parse<link::envelope>(*text);
      if (!message) continue;
      if (message->t == "hello") {
        hellos.push_back(*dto::read<link::hello>(message->body));
        sent_ = std::max(sent_, hellos.back().last_received);
        link::welcome welcome;
        welcome.server = "fake";
        welcome.wall = system_clock().now();
        welcome.resume_after = committed;
        welcome.heartbeat_seconds = 1;
        send("welcome", 0, dto::to_json(welcome));
      } else if (message->t == "ping") {
        ++pings;
        send("pong", 0, boost::json::object{});
      } else if (message->n > 0) {
        all.push_back({message->t, message->n, message->body});
        if (!acknowledges) continue;
        committed = std::max(committed, message->n);
        send("ack", 0, dto::to_json(link::ack{committed}));
      }
    }
  }

  executor on_;
  int port_;
  std::string folder_;
  std::unique_ptr<net::http_server> api_, link_;
  std::shared_ptr<net::ws_connection> socket_;
  std::int64_t sent_ = 0;
};

}  // namespace vss::archont
