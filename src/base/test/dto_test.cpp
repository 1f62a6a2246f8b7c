// Reading, rules, writing and schemas of described types.
#include "base/dto.hpp"

#include <gmock/gmock.h>

using namespace vss;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

namespace shapes {

enum class colour { red, green };
BOOST_DESCRIBE_ENUM(colour, red, green)

struct part {
  std::string ip;
  std::int32_t rssi = 0;
};
BOOST_DESCRIBE_STRUCT(part, (), (ip, rssi))
inline auto dto_rules(const part*) { return dto::rules(dto::range<&part::rssi>(-120, 0)); }

struct whole {
  std::string name;
  std::int64_t count = 0;
  std::int32_t small = 0;
  double share = 0;
  bool on = false;
  colour tint = colour::red;
  instant at{};
  std::optional<std::string> note;
  std::int64_t depth = 7;
  std::vector<std::string> caps;
  std::map<std::string, std::int64_t> limits;
  part net;
  boost::json::value free;
};
BOOST_DESCRIBE_STRUCT(whole, (), (name, count, small, share, on, tint, at, note, depth, caps, limits, net, free))
inline auto dto_rules(const whole*) {
  return dto::rules(dto::length<&whole::name>(1, 5), dto::range<&whole::count>(0, 10),
                    dto::has_default<&whole::depth>(), dto::format<&whole::caps>("[a-z]+"),
                    dto::items<&whole::caps>(0, 3), dto::format<&whole::note>("x+"));
}

struct sealed {
  secret password;
  e164 number;
};
BOOST_DESCRIBE_STRUCT(sealed, (), (password, number))
inline auto dto_rules(const sealed*) { return dto::rules(dto::length<&sealed::password>(8, 100)); }

struct tree {
  std::string name;
  std::vector<tree> below;
};
BOOST_DESCRIBE_STRUCT(tree, (), (name, below))

}  // namespace shapes

namespace {

using namespace shapes;

const char* const good = R"({"name":"abc","count":3,"small":-1,"share":0.5,"on":true,"tint":"green",
  "at":"2026-11-22T15:04:05.5+03:00","caps":["a","b"],"limits":{"x/y":1},"net":{"ip":"1","rssi":-5},"free":[1,{}]})";

std::vector<std::string> wrong(const std::string& text) {
  const auto got = dto::parse<whole>(text);
  std::vector<std::string> out;
  if (got) return out;
  for (const auto& bad : got.error().problems) out.push_back(bad.pointer + ": " + bad.message);
  return out;
}

// The good document with one member replaced.
std::string with(const std::string& member, const std::string& value) {
  auto tree = dto::parse_json(good)->as_object();
  tree[member] = *dto::parse_json(value);
  return boost::json::serialize(tree);
}

std::string why(std::string_view text) {
  const auto got = dto::parse_json(text);
  return got ? "fine" : got.error().message;
}

}  // namespace

TEST(dto, a_good_document_is_read_whole) {
  const auto got = dto::parse<whole>(good);
  ASSERT_TRUE(got);
  EXPECT_EQ(got->name, "abc");
  EXPECT_EQ(got->tint, colour::green);
  EXPECT_EQ(to_text(got->at), "2026-11-22T12:04:05.500000Z");
  EXPECT_FALSE(got->note);
  EXPECT_EQ(got->depth, 7);
  EXPECT_THAT(got->caps, ElementsAre("a", "b"));
  EXPECT_EQ(got->limits.at("x/y"), 1);
  EXPECT_EQ(got->net.rssi, -5);
}

TEST(dto, every_problem_is_named_by_pointer_at_once) {
  const auto bad = wrong(R"({"name":"abcdef","count":11,"small":99999999999,"share":"x","on":1,"tint":"blue",
    "at":"yesterday","note":"y","caps":["a","B",3],"limits":{"x/y":"1","~":2},"net":{"rssi":-500},"extra":1})");
  EXPECT_THAT(bad, UnorderedElementsAre(
                       "/name: length must be 1 to 5", "/count: must be 0 to 10", "/small: out of range",
                       "/share: expected a number", "/on: expected true or false", "/tint: expected one of: red, green",
                       "/at: not an RFC 3339 time", "/note: must match x+", "/caps/2: expected a string",
                       "/limits/x~1y: expected a whole number", "/net/ip: missing", "/net/rssi: must be -120 to 0",
                       "/free: missing", "/extra: unknown member"));
  EXPECT_THAT(wrong("[]"), ElementsAre(": expected an object"));
}

TEST(dto, rules_reach_into_lists_and_optionals) {
  EXPECT_THAT(wrong(with("caps", R"(["a","B"])")), ElementsAre("/caps/1: must match [a-z]+"));
  EXPECT_THAT(wrong(with("caps", R"(["a","b","c","d"])")), ElementsAre("/caps: must have 0 to 3 items"));
  EXPECT_THAT(wrong(with("note", "null")), IsEmpty());
  EXPECT_THAT(wrong(with("note", "\"xx\"")), IsEmpty());
  EXPECT_THAT(wrong(with("depth", "null")), ElementsAre("/depth: expected a whole number"));
}

TEST(dto, length_counts_characters) {
  EXPECT_THAT(wrong(with("name", "\"Привт\"")), IsEmpty());
  EXPECT_THAT(wrong(with("name", "\"Привет\"")), ElementsAre("/name: length must be 1 to 5"));
}

TEST(dto, numbers_keep_their_kind) {
  EXPECT_THAT(wrong(with("count", "1.0")), ElementsAre("/count: expected a whole number"));
  EXPECT_THAT(wrong(with("count", "18446744073709551615")), ElementsAre("/count: out of range"));
  EXPECT_THAT(wrong(with("count", "true")), ElementsAre("/count: expected a whole number"));
  EXPECT_THAT(wrong(with("small", "2147483648")), ElementsAre("/small: out of range"));
  EXPECT_THAT(wrong(with("share", "18446744073709551615")), IsEmpty());
}

TEST(dto, two_equal_members_are_refused_by_pointer) {
  const auto got = dto::parse_json(R"({"a":[1,{"b":{"c":1,"d":2,"c":3}}],"x/y":1,"x/y":2})");
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().kind, errc::invalid);
  std::vector<std::string> at;
  for (const auto& bad : got.error().problems) at.push_back(bad.pointer);
  EXPECT_THAT(at, ElementsAre("/a/1/b/c", "/x~1y"));
  EXPECT_FALSE(dto::parse_json(R"({"a":1,"\u0061":2})"));  // equal after unescaping
  EXPECT_TRUE(dto::parse_json(R"([{"a":1},{"a":1},{"b":{"a":1},"a":1}])"));
}

TEST(dto, what_is_not_our_json_is_refused) {
  EXPECT_EQ(why(""), "a JSON body is needed");
  EXPECT_EQ(why("\xef\xbb\xbf{}"), "the body begins with a byte order mark");
  EXPECT_EQ(why(std::string_view("\xff\xfe{\0}\0", 6)), "the body is not UTF-8");
  EXPECT_THAT(why(std::string_view("{\0}\0", 4)), HasSubstr("not JSON"));  // UTF-16 without a mark
  EXPECT_EQ(why("\"\xc3\x28\""), "the body is not UTF-8");
  EXPECT_EQ(why("\"\xed\xa0\x80\""), "the body is not UTF-8");  // a surrogate in UTF-8
  EXPECT_EQ(why(R"("a\u0000b")"), "the body has a U+0000");
  EXPECT_EQ(why(R"({"a\u0000":1})"), "the body has a U+0000");
  EXPECT_EQ(why("1e999"), "a number is out of range");
  for (const char* text : {"NaN", "Infinity", "-Infinity", "{\"a\":NaN}", "{} {}", "{a:1}", "{'a':1}", "[1,]",
                           "{\"a\":1,}", "01", "+1", "// x\n1", "/**/1", "\"\\ud800\"", "\"\t\"", "[", "nul", "\"a"}) {
    EXPECT_THAT(why(text), HasSubstr("not JSON")) << text;
  }
  EXPECT_EQ(why(" [1, -0.5e3, \"\\ud83d\\ude00\"] \r\n"), "fine");
}

TEST(dto, depth_has_a_bound) {
  const auto nested = [](std::size_t n) { return std::string(n, '[') + std::string(n, ']'); };
  EXPECT_EQ(why(nested(32)), "fine");
  EXPECT_THAT(why(nested(33)), HasSubstr("not JSON"));
  EXPECT_THAT(why(std::string(1000000, '[')), HasSubstr("not JSON"));
}

TEST(dto, secrets_are_read_and_never_written) {
  const auto got = dto::parse<sealed>(R"({"password":"12345678","number":"+74950000001"})");
  ASSERT_TRUE(got);
  EXPECT_EQ(got->password.reveal(), "12345678");
  const auto bad = dto::parse<sealed>(R"({"password":"1","number":5})");
  ASSERT_FALSE(bad);
  for (const auto& problem : bad.error().problems) EXPECT_THAT(problem.message, testing::Not(HasSubstr("\"1\"")));
  boost::json::object parts;
  dto::schema<sealed>(parts);
  EXPECT_EQ(parts["sealed"].at("properties").at("password").at("writeOnly"), true);
}

TEST(dto, writing_and_reading_agree) {
  const auto first = dto::parse<whole>(good);
  ASSERT_TRUE(first);
  const auto text = dto::write(*first);
  const auto second = dto::parse<whole>(text);
  ASSERT_TRUE(second) << text;
  EXPECT_EQ(dto::write(*second), text);
  EXPECT_THAT(text, testing::Not(HasSubstr("note")));
  EXPECT_THAT(text, HasSubstr(R"("tint":"green")"));
}

TEST(dto, the_schema_says_what_is_checked) {
  boost::json::object parts;
  const auto top = dto::schema<whole>(parts);
  EXPECT_EQ(top.at("$ref"), "#/components/schemas/whole");
  const auto& schema = parts["whole"];
  const auto& members = schema.at("properties");
  EXPECT_EQ(members.at("name").at("minLength"), 1);
  EXPECT_EQ(members.at("name").at("maxLength"), 5);
  EXPECT_EQ(members.at("count").at("maximum"), 10);
  EXPECT_EQ(members.at("tint").at("$ref"), "#/components/schemas/colour");
  EXPECT_EQ(members.at("caps").at("maxItems"), 3);
  EXPECT_EQ(members.at("caps").at("items").at("pattern"), "^(?:[a-z]+)$");
  EXPECT_EQ(members.at("at").at("format"), "date-time");
  EXPECT_EQ(schema.at("additionalProperties"), false);
  std::vector<std::string> needed;
  for (const auto& name : schema.at("required").as_array()) needed.emplace_back(name.as_string());
  EXPECT_THAT(needed, testing::Not(testing::Contains("note")));
  EXPECT_THAT(needed, testing::Not(testing::Contains("depth")));
  EXPECT_EQ(parts["colour"].at("enum").as_array().size(), 2U);
}

TEST(dto, a_type_may_hold_itself) {
  boost::json::object parts;
  dto::schema<tree>(parts);
  EXPECT_EQ(parts["tree"].at("properties").at("below").at("items").at("$ref"), "#/components/schemas/tree");
  const auto got = dto::parse<tree>(R"({"name":"a","below":[{"name":"b","below":[{"below":[]}]}]})");
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().problems[0].pointer, "/below/0/below/0/name");
}
