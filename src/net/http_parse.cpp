#include "net/http_parse.hpp"

#include <boost/beast/http/basic_parser.hpp>

namespace vss::net {
namespace {
namespace http = boost::beast::http;
using text_view = boost::beast::string_view;
using error_code = boost::system::error_code;

std::string_view plain(text_view text) { return {text.data(), text.size()}; }

// Beast calls these as it walks through the bytes; they fill our values directly.
template <bool Request>
class filling_parser final : public http::basic_parser<Request> {
 public:
  http_request request;
  http_response response;
  bool expects_continue = false;
  std::string fault;
  std::size_t limit = 0;

 private:
  std::string& body() { return Request ? request.body : response.body; }

  void on_request_impl(http::verb, text_view method, text_view target, int, error_code& ec) override {
    request.method.assign(method);
    if (const auto wrong = read_target(plain(target), request)) {
      fault = wrong->why;
      ec = http::error::bad_target;
    }
  }
  void on_response_impl(int status, text_view, int, error_code&) override { response.status = status; }
  void on_field_impl(http::field name, text_view text, text_view value, error_code&) override {
    if (in_body_) return;  // trailers are not headers
    if (name == http::field::expect) expects_continue = boost::beast::iequals(value, "100-continue");
    auto& to = Request ? request.headers : response.headers;
    to.all.emplace_back(text, value);
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    in_body_ = true;
    if (length && *length <= std::min<std::size_t>(limit, 1 << 20)) body().reserve(*length);
  }
  std::size_t on_body_impl(text_view bytes, error_code& ec) override {
    if (body().size() + bytes.size() > limit)
      ec = http::error::body_limit;
    else
      body().append(bytes.data(), bytes.size());
    return bytes.size();
  }
  void on_chunk_header_impl(std::uint64_t, text_view extension, error_code& ec) override {
    if (!extension.empty()) ec = http::error::bad_chunk_extension;
  }
  std::size_t on_chunk_body_impl(std::uint64_t, text_view bytes, error_code& ec) override {
    return on_body_impl(bytes, ec);
  }
  void on_finish_impl(error_code&) override {}

  bool in_body_ = false;
};

http_fault explained(const error_code& ec, const std::string& own) {
  if (!own.empty()) return {400, own};
  if (ec == http::error::body_limit) return {413, "the body is too large"};
  if (ec == http::error::header_limit) return {431, "the head is too large"};
  return {400, "not HTTP: " + ec.message()};
}

// What both directions share, so that the reader itself needs no template.
struct parsing {
  virtual ~parsing() = default;
  virtual std::size_t put(std::string_view bytes, error_code& ec) = 0;
  virtual void put_end(error_code& ec) = 0;
  virtual void limit(std::size_t bytes) = 0;
  virtual std::uint64_t length() const = 0;
  virtual const std::string& own_fault() const = 0;
  virtual http_request& request() = 0;
  virtual http_response& response() = 0;
  bool head_done = false;
  bool done = false;
  bool keep_alive = false;
  bool upgrade = false;
  bool expects_continue = false;
  bool chunked = false;
};

template <bool Request>
struct parsing_of final : parsing {
  filling_parser<Request> parser;
  parsing_of(bool no_body, std::size_t most) {
    parser.header_limit(head_limit);
    parser.body_limit(boost::none);
    parser.limit = most;
    parser.skip(no_body);
  }
  void note() {
    head_done = parser.is_header_done();
    done = parser.is_done();
    if (!head_done) return;
    keep_alive = parser.keep_alive();
    upgrade = parser.upgrade();
    chunked = parser.chunked();
    expects_continue = parser.expects_continue;
  }
  std::size_t put(std::string_view bytes, error_code& ec) override {
    const auto used = parser.put(boost::asio::const_buffer(bytes.data(), bytes.size()), ec);
    if (!ec) note();
    return used;
  }
  void put_end(error_code& ec) override {
    parser.put_eof(ec);
    if (!ec) note();
  }
  void limit(std::size_t bytes) override { parser.limit = bytes; }
  std::uint64_t length() const override { return parser.content_length().value_or(0); }
  const std::string& own_fault() const override { return parser.fault; }
  http_request& request() override { return parser.request; }
  http_response& response() override { return parser.response; }
};

}  // namespace

struct http_reader::state {
  bool of_request = true;
  std::string kept;  // a head or a chunk line that is not whole yet
  std::optional<http_fault> fault;
  std::unique_ptr<parsing> parser;
};

http_reader::http_reader(kind what, std::size_t limit) : state_(std::make_unique<state>()) {
  state_->of_request = what == kind::request;
  if (state_->of_request)
    state_->parser = std::make_unique<parsing_of<true>>(false, limit);
  else
    state_->parser = std::make_unique<parsing_of<false>>(what == kind::response_to_head, limit);
}
http_reader::~http_reader() = default;
http_reader::http_reader(http_reader&&) noexcept = default;
http_reader& http_reader::operator=(http_reader&&) noexcept = default;

std::size_t http_reader::feed(std::string_view bytes) {
  auto& s = *state_;
  if (s.fault || s.parser->done) return 0;
  const std::size_t before = s.kept.size();
  if (before > 0) s.kept.append(bytes);
  const std::string_view all = before > 0 ? std::string_view(s.kept) : bytes;
  if (!s.parser->head_done) return feed_head(all, before, bytes.size());
  error_code ec;
  std::size_t used = 0;
  // The parser takes for granted that a last chunk is seen whole; none is shorter than "0 CR LF CR LF".
  const std::size_t least = s.parser->chunked ? 5 : 1;
  while (all.size() - used >= least && !s.parser->done && !ec) {
    const auto took = s.parser->put(all.substr(used), ec);
    used += took;
    if (took == 0) break;
  }
  if (ec && ec != http::error::need_more)
    s.fault = explained(ec, s.parser->own_fault());
  else if (!s.parser->done && all.size() - used > head_limit)
    s.fault = http_fault{400, "a chunk line is too long"};
  if (s.fault) return 0;
  if (!s.parser->done) {
    s.kept = std::string(all.substr(used));
    return bytes.size();
  }
  s.kept.clear();
  return used - before;
}

// Takes the head alone, so that the caller may set the body's limit before the body is read.
std::size_t http_reader::feed_head(std::string_view all, std::size_t before, std::size_t fresh) {
  auto& s = *state_;
  // RFC 9112 section 2.2: one empty line before a request is skipped.
  const std::size_t blank = s.of_request && all.starts_with("\r\n") ? 2 : 0;
  const auto end = all.find("\r\n\r\n", blank);
  if (all.find("\n\n", blank) < end)
    s.fault = http_fault{400, "a line does not end with CR LF"};
  else if (std::min(end, all.size()) > head_limit)
    s.fault = http_fault{431, "the head is too large"};
  if (s.fault) return 0;
  if (end == std::string_view::npos) {
    if (before == 0) s.kept.assign(all);
    return fresh;
  }
  const auto head = all.substr(blank, end + 4 - blank);
  s.fault = head_fault(head, s.of_request);
  if (s.fault) return 0;
  error_code ec;
  s.parser->put(head, ec);
  if (ec || !s.parser->head_done) s.fault = explained(ec, s.parser->own_fault());
  s.kept.clear();
  return s.fault ? 0 : end + 4 - before;
}

void http_reader::body_limit(std::size_t bytes) {
  state_->parser->limit(bytes);
  if (state_->parser->length() > bytes) state_->fault = http_fault{413, "the body is too large"};
}

void http_reader::end_of_stream() {
  if (state_->fault || state_->parser->done) return;
  error_code ec;
  if (state_->parser->head_done) state_->parser->put_end(ec);
  if (ec || !state_->parser->done) state_->fault = http_fault{400, "the message ends too early"};
}

void http_reader::refuse(http_fault why) { state_->fault = std::move(why); }
bool http_reader::head_done() const { return state_->parser->head_done; }
bool http_reader::done() const { return state_->parser->done; }
const std::optional<http_fault>& http_reader::fault() const { return state_->fault; }
bool http_reader::keep_alive() const { return state_->parser->keep_alive; }
bool http_reader::upgrade() const { return state_->parser->upgrade; }
bool http_reader::expects_continue() const { return state_->parser->expects_continue; }
http_request& http_reader::request() { return state_->parser->request(); }
http_response& http_reader::response() { return state_->parser->response(); }

}  // namespace vss::net
