#include "archont/desk_client.hpp"

namespace vss::archont {
namespace {

constexpr milliseconds limit{4000};

}  // namespace

desk_client::desk_client(executor on, const identity& who, const archont_options& options)
    : on_(std::move(on)), who_(who), options_(options) {
  renewed();
}

void desk_client::renewed() {
  net::client_options options;
  options.ca_file = options_.server.ca;
  options.certificate = who_.certificate_file();
  options.key = who_.key_file();
  options.connections = 8;
  client_ = std::make_unique<net::http_client>(on_, std::move(options));
}

task<result<std::string>> desk_client::post(std::string path, std::string body, std::string trail) {
  if (rest_.empty()) co_return fail(errc::unavailable, "no configuration yet");
  net::http_headers headers;
  headers.set("content-type", "application/json");
  if (!trail.empty()) headers.set("x-trail", std::move(trail));
  auto answer = co_await client_->send("POST", rest_ + path, std::move(headers), std::move(body), limit);
  if (!answer) co_return std::unexpected(std::move(answer.error()));
  // Only what is wrong with the message itself is for good; who we are and how busy the server is may change.
  const bool for_good =
      answer->status == 400 || answer->status == 404 || answer->status == 413 || answer->status == 422;
  if (answer->status >= 300 && !for_good) {
    co_return fail(errc::unavailable, path + " answered " + std::to_string(answer->status));
  }
  if (answer->status >= 300) {
    co_return fail(errc::refused,
                   path + " answered " + std::to_string(answer->status) + " " + answer->body.substr(0, 200));
  }
  co_return std::move(answer->body);
}

task<result<link::permit_answer>> desk_client::permit(link::permit_request request, trail story) {
  auto body = co_await post("/link/permits", dto::write(request), std::move(story.id));
  if (!body) co_return std::unexpected(std::move(body.error()));
  co_return dto::parse<link::permit_answer>(*body);
}

task<result<link::report_receipt>> desk_client::report(std::vector<std::string> bodies) {
  std::string batch = R"({"reports":[)";
  for (std::size_t i = 0; i < bodies.size(); ++i) batch += (i ? "," : "") + bodies[i];
  batch += "]}";
  auto body = co_await post("/link/reports", std::move(batch), "");
  if (!body) co_return std::unexpected(std::move(body.error()));
  co_return dto::parse<link::report_receipt>(*body);
}

}  // namespace vss::archont
