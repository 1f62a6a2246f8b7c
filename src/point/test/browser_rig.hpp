#pragma once
// A browser as POINT's tests need it: it has a cookie, names an origin, and asks the real endpoint table.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "point/test/point_rig.hpp"

namespace vss::point::test {

inline const std::string own_origin = "http://127.0.0.1:24000";

struct browser {
  std::string address = "10.9.9.9";
  std::string cookie;
  std::string origin = own_origin;

  net::http_request asks(std::string method, std::string path, boost::json::value body = nullptr) const {
    net::http_request out;
    out.method = std::move(method);
    out.path = path;
    out.target = std::move(path);
    out.peer_address = address;
    out.headers.set("Host", "127.0.0.1:24000");
    out.headers.set("User-Agent", "test");
    if (!origin.empty()) out.headers.set("Origin", origin);
    if (!cookie.empty()) out.headers.set("Cookie", "theme=dark; __Host-vss=" + cookie);
    if (body.is_null()) return out;
    out.headers.set("Content-Type", "application/json");
    out.body = boost::json::serialize(body);
    return out;
  }
};

// The endpoint table of one server process.
struct front {
  explicit front(server& of)
      : all([&of](const net::http_request& request) { return of.point.authenticate(request); },
            [&of](const net::call& what, const net::route& route, int status) {
              return of.point.record(what, route, status);
            }) {
    add_routes(all, of.point);
  }
  net::router all;
};

inline boost::json::object json_of(const net::http_response& from) {
  return from.body.empty() ? boost::json::object{} : boost::json::parse(from.body).as_object();
}
inline std::string text_of(const boost::json::object& from, std::string_view member) {
  const auto* found = from.if_contains(member);
  return found && found->is_string() ? std::string(found->get_string()) : std::string();
}
inline std::string type_of(const net::http_response& from) { return text_of(json_of(from), "type"); }

// Signs in and keeps the cookie; the answer is for the test to judge.
inline task<net::http_response> sign_in_with_cookie(front& at, browser& who, std::string login, std::string password,
                                                    std::string code = "") {
  boost::json::object body{{"login", login}, {"password", password}};
  if (!code.empty()) body["code"] = code;
  auto request = who.asks("POST", "/point/browser/login", std::move(body));
  auto answer = co_await at.all.answer(std::move(request));
  const std::string given(answer.headers.get("set-cookie"));
  if (given.starts_with("__Host-vss=vssb_")) who.cookie = given.substr(11, given.find(';') - 11);
  co_return answer;
}

inline task<net::http_response> asked(front& at, browser who, std::string method, std::string path,
                                      boost::json::value body = nullptr) {
  auto request = who.asks(std::move(method), std::move(path), std::move(body));
  co_return co_await at.all.answer(std::move(request));
}

// 200 or not, within a second: what changed in one process counts in the others when they have heard of it.
inline task<bool> answers_soon(front& at, browser who, int status) {
  const auto got = [&at, who, status]() -> task<bool> {
    const auto answer = co_await asked(at, who, "GET", "/point/me");
    co_return answer.status == status;
  };
  co_return co_await eventually(got, seconds(1));
}

}  // namespace vss::point::test
