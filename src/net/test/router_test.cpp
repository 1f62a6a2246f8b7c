// The endpoint table: matching, the order of refusals, problems, versions, the audit, and the published document.
#include "net/router.hpp"

#include <gmock/gmock.h>

#include <boost/json/parse.hpp>

#include "base/ids.hpp"
#include "net/metrics.hpp"
#include "net/test/loopback.hpp"

using namespace vss;
using namespace vss::net;
using testing::ElementsAre;
using testing::HasSubstr;

namespace shapes {
struct slot_input {
  std::int64_t cps = 1;
  std::string name;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(slot_input, (), (cps, name, note))
inline auto dto_rules(const slot_input*) {
  return dto::rules(dto::range<&slot_input::cps>(1, 5), dto::length<&slot_input::name>(1, 10));
}
struct slot_view {
  std::string number;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(slot_view, (), (number, name))
struct lock_input {
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(lock_input, (), (reason))
}  // namespace shapes

namespace {

using shapes::slot_input;
using shapes::slot_view;

// Who: the header x-who names the one permission held; "bad" has wrong credentials.
task<result<principal>> who(const http_request& request) {
  const auto given = request.headers.get("x-who");
  if (given == "bad") co_return fail(errc::unauthorized, "this token is not valid");
  principal out;
  if (given.empty()) co_return out;
  out.id = "p1";
  out.permissions.insert(std::string(given));
  co_return out;
}

struct table {
  std::vector<std::string> audited;
  router all{who, [this](const call& c, const route& r, int status) -> task<void> {
               audited.push_back(r.method + " " + r.path + " " + c.who.id + " " + std::to_string(status) +
                                 (c.reason.empty() ? "" : ": " + c.reason));
               co_return;
             }};
  int ran = 0;

  table() {
    all.path_parameter({"number", "[0-9]{4}", "slot number"});
    all.path_parameter({"id", "[a-z]+", "a word"});
    all.add({"GET", "/health", "open", "alive"},
            [](call) -> task<result<raw_reply>> { co_return raw_reply{"text/plain", "ok"}; });
    all.add({.method = "GET",
             .path = "/ottb/slots/{number}",
             .permission = "ottb.slot.read",
             .summary = "one slot",
             .query = {{"with", "(audio|video)", "more"}}},
            [](call c) -> task<result<reply<slot_view>>> {
              if (c.path["number"] == "9999") co_return fail(errc::not_found, "no slot 9999");
              if (c.path["number"] == "8888") throw std::runtime_error("secret detail");
              reply<slot_view> out{{c.path["number"], "n" + c.query["with"]}};
              out.version = "7";
              co_return out;
            });
    all.add({"GET", "/ottb/slots/free", "ottb.slot.read", "free ones"},
            [](call) -> task<result<slot_view>> { co_return slot_view{"0000", "free"}; });
    all.add({.method = "PUT",
             .path = "/ottb/slots/{number}",
             .permission = "ottb.slot.write",
             .summary = "change",
             .if_match = true},
            [this](call c, slot_input in) -> task<result<slot_view>> {
              ++ran;
              if (*c.if_match != "7") co_return fail(errc::precondition, "the version is 7");
              co_return slot_view{c.path["number"], in.name};
            });
    all.add(
        {.method = "POST", .path = "/ottb/slots", .permission = "ottb.slot.write", .summary = "make", .status = 201},
        [](call, slot_input in) -> task<result<reply<slot_view>>> {
          reply<slot_view> out{{"1", in.name}};
          out.location = "/ottb/slots/1";
          out.cookies = {"a=b"};
          co_return out;
        });
    all.add({"DELETE", "/ottb/slots/{number}", "ottb.slot.write", "remove"},
            [](call) -> task<result<nothing>> { co_return nothing{}; });
    all.add({.method = "POST",
             .path = "/ottb/slots/{number}/lock",
             .permission = "ottb.slot.write",
             .summary = "lock",
             .query = {{"reason", ".{1,20}", "why"}}},
            [](call, shapes::lock_input) -> task<result<nothing>> { co_return nothing{}; });
    all.add({.method = "POST",
             .path = "/ottb/leads/{id}",
             .permission = "ottb.lead.write",
             .summary = "import",
             .body_limit = 8,
             .raw_type = "text/csv"},
            [](call, raw_body in) -> task<result<raw_reply>> { co_return raw_reply{"text/csv", in.text}; });
    all.add({.method = "GET",
             .path = "/ottb/leads/{id}",
             .permission = "ottb.lead.read",
             .summary = "personal",
             .audit = "lead_read"},
            [](call) -> task<result<nothing>> { co_return nothing{}; });
  }

  http_response ask(std::string method, std::string path, std::string permission = "", std::string body = "",
                    std::vector<std::pair<std::string, std::string>> headers = {}) {
    http_request request;
    request.method = std::move(method);
    const auto mark = path.find('?');
    request.path = path.substr(0, mark);
    if (mark != std::string::npos) {
      const auto equals = path.find('=');
      request.query[path.substr(mark + 1, equals - mark - 1)] = path.substr(equals + 1);
    }
    if (!permission.empty()) request.headers.set("x-who", permission);
    if (!body.empty()) request.headers.set("content-type", "application/json");
    for (auto& [name, value] : headers) request.headers.set(name, value);
    request.body = std::move(body);
    http_response out;
    test::loop l;
    const auto run = [](router& r, http_request in, http_response& to) -> task<void> {
      to = co_await r.answer(std::move(in));
    };
    l.run(run(all, std::move(request), out));
    return out;
  }
};

boost::json::object json_of(const http_response& r) { return boost::json::parse(r.body).as_object(); }

}  // namespace

TEST(router, answers_with_what_the_function_gave) {
  table t;
  const auto got = t.ask("GET", "/ottb/slots/6001?with=audio", "ottb.slot.read");
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.body, R"({"number":"6001","name":"naudio"})");
  EXPECT_EQ(got.headers.get("etag"), "\"7\"");
  EXPECT_EQ(t.ask("GET", "/ottb/slots/free", "ottb.slot.read").body, R"({"number":"0000","name":"free"})");
  EXPECT_EQ(t.ask("DELETE", "/ottb/slots/6001", "ottb.slot.write").status, 204);
  EXPECT_EQ(t.ask("HEAD", "/ottb/slots/6001", "ottb.slot.read").status, 200);
  const auto made = t.ask("POST", "/ottb/slots", "ottb.slot.write", R"({"cps":1,"name":"x"})");
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(made.headers.get("location"), "/ottb/slots/1");
  EXPECT_EQ(made.headers.get("set-cookie"), "a=b");
}

TEST(router, refuses_in_order) {
  table t;
  const std::string body = R"({"cps":1,"name":"x"})";
  EXPECT_EQ(t.ask("GET", "/nothing").status, 404);
  EXPECT_EQ(t.ask("GET", "/ottb/slots/").status, 404);
  EXPECT_EQ(t.ask("GET", "/ottb/slots/6001/").status, 404);
  const auto verb = t.ask("PATCH", "/ottb/slots/6001");
  EXPECT_EQ(verb.status, 405);
  EXPECT_EQ(verb.headers.get("allow"), "DELETE, GET, HEAD, PUT");
  const auto nobody = t.ask("PUT", "/ottb/slots/6001", "", "not json");
  EXPECT_EQ(nobody.status, 401);
  EXPECT_EQ(nobody.headers.get("www-authenticate"), "Bearer");
  EXPECT_EQ(t.ask("PUT", "/ottb/slots/6001", "bad", "not json").status, 401);
  const auto may_not = t.ask("PUT", "/ottb/slots/6001", "ottb.slot.read", "not json");
  EXPECT_EQ(may_not.status, 403);
  EXPECT_THAT(may_not.body, HasSubstr("ottb.slot.write"));
  EXPECT_EQ(t.ask("PUT", "/ottb/slots/60", "ottb.slot.write", body).status, 422);
  EXPECT_EQ(t.ask("GET", "/ottb/slots/6001?with=smell", "ottb.slot.read").status, 422);
  EXPECT_THAT(t.ask("GET", "/ottb/slots/6001?no=1", "ottb.slot.read").body, HasSubstr("/query/no"));
  EXPECT_THAT(t.ask("GET", "/ottb/slots/6001?no\xff=1", "ottb.slot.read").body, HasSubstr("unknown parameter"));
  EXPECT_EQ(t.ask("PUT", "/ottb/slots/6001", "ottb.slot.write", body).status, 428);
  const auto put = [&](std::string text, std::string tag, std::string type = "application/json; charset=utf-8") {
    return t.ask("PUT", "/ottb/slots/6001", "ottb.slot.write", text, {{"if-match", tag}, {"content-type", type}});
  };
  EXPECT_EQ(put(body, "\"7\"", "text/plain").status, 415);
  EXPECT_EQ(put(body, "\"7\"", "").status, 415);
  EXPECT_EQ(put("not json", "\"7\"").status, 400);
  EXPECT_EQ(put(R"({"cps":1,"cps":2,"name":"x"})", "\"7\"").status, 422);
  EXPECT_EQ(put(std::string(2 << 20, ' '), "\"7\"").status, 413);
  EXPECT_EQ(t.ran, 0);
  EXPECT_EQ(put(body, "\"6\"").status, 412);
  EXPECT_EQ(put(body, "W/\"7\"").status, 412);
  EXPECT_EQ(put(body, "\"7\"").status, 200);
  EXPECT_EQ(t.ran, 2 + 1);
}

TEST(router, a_problem_says_everything_at_once) {
  table t;
  const auto got = t.ask("POST", "/ottb/slots", "ottb.slot.write", R"({"cps":9,"nam":"x","note":4})");
  EXPECT_EQ(got.status, 422);
  EXPECT_EQ(got.headers.get("content-type"), "application/problem+json");
  const auto json = json_of(got);
  EXPECT_EQ(json.at("type"), "urn:vss:problem:invalid");
  EXPECT_EQ(json.at("status"), 422);
  EXPECT_EQ(json.at("trail").as_string(), std::string(got.headers.get("x-trail")));
  std::vector<std::string> pointers;
  for (const auto& item : json.at("problems").as_array()) pointers.emplace_back(item.at("pointer").as_string());
  EXPECT_THAT(pointers, testing::UnorderedElementsAre("/cps", "/name", "/nam", "/note"));
}

TEST(router, an_error_may_name_what_a_client_must_tell_apart) {
  error due{errc::unauthorized, "a code is due"};
  EXPECT_EQ(json_of(vss::net::problem(due, {})).at("type"), "urn:vss:problem:unauthorized");
  due.type = "second-factor";
  const auto got = vss::net::problem(due, {});
  EXPECT_EQ(got.status, 401);
  EXPECT_EQ(json_of(got).at("type"), "/problems/second-factor");
  EXPECT_EQ(json_of(got).at("detail"), "a code is due");
}

TEST(router, our_own_defects_stay_in_the_log) {
  table t;
  const auto got = t.ask("GET", "/ottb/slots/8888", "ottb.slot.read");
  EXPECT_EQ(got.status, 500);
  EXPECT_THAT(got.body, testing::Not(HasSubstr("secret detail")));
  EXPECT_EQ(t.ask("GET", "/ottb/slots/9999", "ottb.slot.read").status, 404);
}

TEST(router, the_trail_goes_through_or_is_made) {
  table t;
  const std::string mine = "0190a6e4-7b1c-7def-8abc-0123456789ab";
  EXPECT_EQ(t.ask("GET", "/health", "", "", {{"x-trail", mine}}).headers.get("x-trail"), mine);
  const auto made = t.ask("GET", "/health", "", "", {{"x-trail", "x\" onload"}});
  EXPECT_TRUE(is_uuid(made.headers.get("x-trail")));
}

TEST(router, a_known_version_is_304) {
  table t;
  const auto same = t.ask("GET", "/ottb/slots/6001", "ottb.slot.read", "", {{"if-none-match", "\"6\", \"7\""}});
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
  EXPECT_EQ(same.headers.get("etag"), "\"7\"");
  EXPECT_EQ(t.ask("GET", "/ottb/slots/6001", "ottb.slot.read", "", {{"if-none-match", "\"8\""}}).status, 200);
}

TEST(router, accept_chooses_between_json_and_the_raw_type) {
  const auto csv = [](const char* accept) {
    http_request request;
    request.headers.set("accept", accept);
    call from;
    from.request = &request;
    return wants(from, "text/csv");
  };
  EXPECT_TRUE(csv("text/csv"));
  EXPECT_TRUE(csv("Text/CSV;q=0.9, */*;q=0.1"));
  EXPECT_TRUE(csv("application/json;q=0.5 , text/csv; q=0.6"));
  EXPECT_FALSE(csv("application/json, text/csv;q=0.9"));
  EXPECT_FALSE(csv("text/csv;q=0"));
  EXPECT_FALSE(csv("*/*"));
  EXPECT_FALSE(csv(""));
  EXPECT_FALSE(csv(",,;q=,"));
  EXPECT_FALSE(wants(call{}, "text/csv"));
}

TEST(router, an_answer_may_come_in_another_form) {
  table t;
  t.all.add({.method = "GET", .path = "/sums", .permission = "open", .summary = "sums", .raw_type = "text/csv"},
            [](call from) -> task<result<reply<slot_view>>> {
              reply<slot_view> out{{"1", "one"}};
              if (wants(from, "text/csv")) out.instead = raw_reply{"text/csv", "number,name\r\n1,one\r\n"};
              co_return out;
            });
  EXPECT_EQ(t.ask("GET", "/sums").headers.get("content-type"), "application/json");
  const auto csv = t.ask("GET", "/sums", "", "", {{"accept", "text/csv"}});
  EXPECT_EQ(csv.headers.get("content-type"), "text/csv");
  EXPECT_EQ(csv.body, "number,name\r\n1,one\r\n");
  const auto doc = t.all.openapi("VSS", "1");
  const auto& content = doc.at("paths").at("/sums").at("get").at("responses").at("200").at("content");
  EXPECT_TRUE(content.as_object().contains("text/csv") && content.as_object().contains("application/json"));
}

TEST(router, every_answer_is_guarded) {
  table t;
  for (const auto& got : {t.ask("GET", "/health"), t.ask("GET", "/nothing"), t.ask("PATCH", "/health"),
                          t.ask("DELETE", "/ottb/slots/6001", "ottb.slot.write")}) {
    EXPECT_EQ(got.headers.get("x-content-type-options"), "nosniff");
    EXPECT_EQ(got.headers.get("referrer-policy"), "no-referrer");
    EXPECT_EQ(got.headers.get("cache-control"), "no-store");
    EXPECT_EQ(got.headers.get("cross-origin-resource-policy"), "same-origin");
    EXPECT_THAT(std::string(got.headers.get("content-security-policy")), HasSubstr("frame-ancestors 'none'"));
  }
}

TEST(router, what_is_given_as_the_reason_is_told_to_the_audit) {
  table t;
  t.ask("POST", "/ottb/slots/7001/lock?reason=by query", "ottb.slot.write", R"({"reason":"it is on fire"})");
  t.ask("POST", "/ottb/slots/7001/lock?reason=by query", "ottb.slot.write", "{}");
  EXPECT_THAT(t.audited, ElementsAre("POST /ottb/slots/{number}/lock p1 204: it is on fire",
                                     "POST /ottb/slots/{number}/lock p1 204: by query"));
  const auto bytes = t.ask("POST", "/ottb/slots/7001/lock?reason=\xff", "ottb.slot.write", "{}");
  EXPECT_EQ(bytes.status, 422) << "no audit log could keep this";
  EXPECT_THAT(bytes.body, HasSubstr("must be UTF-8"));
}

TEST(router, changes_and_marked_reads_are_audited) {
  table t;
  t.ask("GET", "/ottb/slots/6001", "ottb.slot.read");
  t.ask("DELETE", "/ottb/slots/6001", "ottb.slot.write");
  t.ask("DELETE", "/ottb/slots/6001", "ottb.slot.read");
  t.ask("DELETE", "/ottb/slots/6001");
  t.ask("GET", "/ottb/leads/ab", "ottb.lead.read");
  t.ask("POST", "/ottb/slots", "ottb.slot.write", "{}");
  EXPECT_THAT(t.audited, ElementsAre("DELETE /ottb/slots/{number} p1 204", "DELETE /ottb/slots/{number} p1 403",
                                     "GET /ottb/leads/{id} p1 204", "POST /ottb/slots p1 422"));
}

TEST(router, stale_credentials_do_not_close_open_doors) {
  table t;
  EXPECT_EQ(t.ask("GET", "/health", "bad").status, 200);
}

TEST(router, raw_bodies_have_their_type_and_size) {
  table t;
  const auto post = [&](std::string body, std::string type) {
    return t.ask("POST", "/ottb/leads/ab", "ottb.lead.write", body, {{"content-type", type}});
  };
  EXPECT_EQ(post("a;b", "text/csv; charset=utf-8").body, "a;b");
  EXPECT_EQ(post("a;b", "application/json").status, 415);
  EXPECT_EQ(post("123456789", "text/csv").status, 413);
  http_request head;
  head.method = "POST";
  head.path = "/ottb/leads/ab";
  EXPECT_EQ(t.all.body_limit(head), 8U);
  head.path = "/none";
  EXPECT_EQ(t.all.body_limit(head), 1U << 20);
}

TEST(router, wrong_tables_do_not_start) {
  table t;
  const auto none = [](call) -> task<result<nothing>> { co_return nothing{}; };
  EXPECT_THROW(t.all.add({"GET", "/a/{unknown}", "open", ""}, none), std::logic_error);
  EXPECT_THROW(t.all.add({"GET", "/health", "open", ""}, none), std::logic_error);
  EXPECT_THROW(t.all.add({"GET", "/b", "", ""}, none), std::logic_error);
  EXPECT_THROW(t.all.check_permissions({"ottb.slot.read"}), std::logic_error);
  EXPECT_NO_THROW(t.all.check_permissions({"ottb.slot.read", "ottb.slot.write", "ottb.lead.write", "ottb.lead.read"}));
}

TEST(router, the_document_says_what_is_checked) {
  table t;
  const auto doc = t.all.openapi("VSS", "1");
  EXPECT_EQ(doc.at("openapi"), "3.1.0");
  const auto& slot = doc.at("paths").at("/ottb/slots/{number}");
  const auto& get = slot.at("get");
  EXPECT_EQ(get.at("x-permission"), "ottb.slot.read");
  EXPECT_EQ(get.at("operationId"), "get_ottb_slots_by_number");
  EXPECT_EQ(get.at("tags").at(0), "ottb");
  EXPECT_EQ(get.at("parameters").at(0).at("schema").at("pattern"), "^(?:[0-9]{4})$");
  EXPECT_EQ(get.at("parameters").at(1).at("in"), "query");
  EXPECT_EQ(get.at("responses").at("200").at("content").at("application/json").at("schema").at("$ref"),
            "#/components/schemas/slot_view");
  const auto& put = slot.at("put");
  EXPECT_EQ(put.at("requestBody").at("content").at("application/json").at("schema").at("$ref"),
            "#/components/schemas/slot_input");
  EXPECT_TRUE(put.at("responses").as_object().contains("428"));
  EXPECT_TRUE(slot.at("delete").at("responses").as_object().contains("204"));
  EXPECT_EQ(doc.at("paths").at("/health").at("get").at("x-permission"), "open");
  const auto& input = doc.at("components").at("schemas").at("slot_input");
  EXPECT_EQ(input.at("properties").at("cps").at("maximum"), 5);
  EXPECT_EQ(input.at("additionalProperties"), false);
}

TEST(router, requests_are_counted) {
  table t;
  metrics m;
  t.all.measure(m);
  t.ask("GET", "/ottb/slots/6001", "ottb.slot.read");
  t.ask("GET", "/ottb/slots/6002", "ottb.slot.read");
  t.ask("GET", "/some/scan");
  EXPECT_THAT(m.text(), HasSubstr(R"(http_requests_total{route="/ottb/slots/{number}",status="200",verb="GET"} 2)"));
  EXPECT_THAT(m.text(), HasSubstr(R"(http_requests_total{route="none",status="404",verb="none"} 1)"));
  EXPECT_THAT(m.text(), HasSubstr(R"(http_request_seconds_count{route="/ottb/slots/{number}"} 2)"));
}
