#include "app/demo_people.hpp"

namespace vss::app {
namespace json = boost::json;
namespace {

constexpr const char* roles[] = {"supervisor", "operator", "engineer", "admin", "security",
                                 "auditor",    "owner",    "viewer",   "data"};

std::string text(const json::value& from, std::string_view key) {
  const auto* found = from.is_object() ? from.get_object().if_contains(key) : nullptr;
  return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

class demo_staff {
 public:
  demo_staff(executor on, std::string api, std::string password)
      : on_(std::move(on)), api_(std::move(api)), password_(std::move(password)) {}

  // Signs in with the one-time password and changes it, as everybody must at first.
  task<result<void>> settle(std::string login, std::string one_time) {
    auto token = co_await sign_in(login, one_time);
    if (!token) co_return std::unexpected(std::move(token.error()));
    rest own(on_, api_, std::move(*token));
    json::object change{{"current", one_time}, {"next", password_}};
    auto changed = co_await own.post("/point/me/password", std::move(change));
    if (!changed) co_return std::unexpected(std::move(changed.error()));
    co_return result<void>{};
  }

  task<result<secret>> sign_in(std::string login, std::string password) {
    rest nobody(on_, api_, secret());
    json::object input{{"login", login}, {"password", password}};
    auto answer = co_await nobody.post("/point/login", std::move(input));
    if (!answer) co_return std::unexpected(std::move(answer.error()));
    co_return secret(text(*answer, "access_token"));
  }

  task<result<void>> hire(rest& root, std::string role) {
    json::object person{{"login", role}, {"display_name", "Demo " + role}, {"roles", json::array{json::string(role)}}};
    auto made = co_await root.post("/point/people", std::move(person));
    if (!made) co_return std::unexpected(std::move(made.error()));
    std::string first = text(made->get_object().at("first_password"), "password");
    co_return co_await settle(std::move(role), std::move(first));
  }

 private:
  executor on_;
  std::string api_;
  std::string password_;
};

}  // namespace

task<result<demo_people>> make_demo_people(executor on, std::string api, secret one_time, random_source& random) {
  demo_people out{{"root"}, random_hex(random, 4) + '-' + random_hex(random, 4)};
  demo_staff staff(on, api, out.password);
  auto settled = co_await staff.settle("root", one_time.reveal());
  if (!settled) co_return std::unexpected(std::move(settled.error()));
  auto token = co_await staff.sign_in("root", out.password);
  if (!token) co_return std::unexpected(std::move(token.error()));
  rest root(on, api, std::move(*token));
  for (const auto* role : roles) {
    auto hired = co_await staff.hire(root, role);
    if (!hired) co_return std::unexpected(std::move(hired.error()));
    out.logins.emplace_back(role);
  }
  co_return out;
}

}  // namespace vss::app
