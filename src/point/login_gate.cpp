#include "point/login_gate.hpp"

#include "base/log.hpp"
#include "point/crypto.hpp"
#include "point/token.hpp"
#include "point/totp.hpp"

namespace vss::point {
namespace {

std::string folded(std::string login) {
  for (char& c : login) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return login;
}

// Apps show a code in two groups.
std::string without_blanks(const secret& code) {
  std::string out = code.reveal();
  std::erase(out, ' ');
  return out;
}

bool by_time(std::string_view code) {
  return code.size() == 6 && code.find_first_not_of("0123456789") == std::string_view::npos;
}

std::unexpected<error> refuse_login() { return fail(errc::unauthorized, "login or password is wrong"); }

std::unexpected<error> code_is_due(std::string what) {
  return fail_as(errc::unauthorized, "second-factor", std::move(what));
}

std::unexpected<error> wrong_code() {
  return code_is_due("this code does not count; send the next one of your app, or a recovery code that was not used");
}

// People type passwords into the login field: the log keeps a name only when it is somebody's.
std::string tried(const std::string& login) { return "login:#" + sha256_hex(login).substr(0, 16); }

}  // namespace

std::string factor_place(std::string_view person) { return "point.second_factor:" + std::string(person); }

dto::json::object how_proven(const proven& who) {
  if (!who.code) return {};
  return {{"second_factor", who.code->recovery.empty() ? "code" : "recovery code"}};
}

task<void> login_gate::refund(std::vector<backoff_key> keys) {
  auto refunded = co_await p_.passwords.backoff().refund(std::move(keys));
  if (!refunded) log::failed("point", "backoff_not_refunded", refunded.error());
}

task<result<bool>> login_gate::right_password(credentials who, bool known, secret password) {
  const bool hashed = known && who.hash;
  std::string phc = hashed ? *who.hash : nobody_hash();
  auto fits = co_await p_.passwords.verify(std::move(phc), std::move(password));
  if (!fits) co_return fits;
  const bool in_time = !who.until || *who.until > p_.time.now();
  co_return *fits&& hashed&& who.state == "active" && in_time;
}

task<result<proven>> login_gate::prove(asker by, login_input input) {
  const std::string login = folded(std::move(input.login));
  const auto keys = backoff_keys("login", login, by.address);
  auto charged = co_await p_.passwords.backoff().charge(keys, p_.time.now());
  if (!charged) co_return fail(std::move(charged.error()));

  auto found = co_await people_.credentials_of(login);
  if (!found && found.error().kind != errc::not_found && found.error().kind != errc::invalid) {
    co_return fail(std::move(found.error()));
  }
  proven out;
  if (found) out.who = *found;
  auto right = co_await right_password(out.who, found.has_value(), input.password);
  if (!right) co_return fail(std::move(right.error()));
  if (!*right) {
    const std::string object = found ? "person:" + out.who.person : tried(login);
    auto entry = entry_of(by, "point.login", object, false);
    auto noted = co_await p_.log.append(std::move(entry));
    if (!noted) co_return fail(std::move(noted.error()));
    co_return refuse_login();
  }
  if (needs_rehash(*out.who.hash)) co_await renew_hash(out.who, input.password);
  co_await refund(keys);

  auto factor = co_await factors_.one(out.who.person);
  if (!factor) co_return fail(std::move(factor.error()));
  if (!*factor || !(*factor)->confirmed) co_return out;
  auto code = co_await prove_code(std::move(by), std::move(**factor), std::move(input.code));
  if (!code) co_return fail(std::move(code.error()));
  out.code = std::move(*code);
  co_return out;
}

task<result<void>> login_gate::renew_hash(credentials who, secret password) {
  auto hash = co_await p_.passwords.hash(std::move(password));
  if (!hash) co_return fail(std::move(hash.error()));
  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto put = co_await people_.put_password(*work, who.person, who.hash, *hash, who.must_change, who.until);
  if (!put) co_return put;
  co_return co_await work->commit();
}

task<result<void>> login_gate::note_refused(asker by, std::string person, std::string why) {
  dto::json::object detail{{"second_factor", why}};
  auto entry = entry_of(by, "point.login", "person:" + person, false, std::move(detail));
  co_return co_await p_.log.append(std::move(entry));
}

task<result<std::optional<std::int64_t>>> login_gate::step_of(asker by, factor_row factor, secret code) {
  const auto keys = backoff_keys("code", factor.person, by.address);
  auto charged = co_await p_.passwords.backoff().charge(keys, p_.time.now());
  if (!charged) co_return fail(std::move(charged.error()));
  const std::string text = without_blanks(code);
  if (!by_time(text)) co_return std::optional<std::int64_t>();
  const auto key = p_.vault.open_site(factor_place(factor.person), factor.sealed_secret);
  if (!key) co_return fail(errc::internal, "a second factor does not open: " + key.error().message);
  co_return totp_match(*key, text, p_.time.now(), factor.last_step);
}

task<result<code_proof>> login_gate::prove_code(asker by, factor_row factor, std::optional<secret> code) {
  if (!code) {
    auto noted = co_await note_refused(std::move(by), factor.person, "due");
    if (!noted) co_return fail(std::move(noted.error()));
    co_return code_is_due("send login and password again with the code of your app, or with a recovery code");
  }
  code_proof out;
  out.since = *factor.confirmed;
  auto step = co_await step_of(by, factor, *code);
  if (!step) co_return fail(std::move(step.error()));
  if (*step) {
    out.step = **step;
    co_return out;
  }
  // Whether a recovery code is one of his own is seen when it is taken.
  auto hash = recovery_hash(*code);
  if (hash) {
    out.recovery = std::move(*hash);
    co_return out;
  }
  auto noted = co_await note_refused(std::move(by), factor.person, "wrong");
  if (!noted) co_return fail(std::move(noted.error()));
  co_return wrong_code();
}

task<result<void>> login_gate::take_code(net::transaction& in, asker by, proven who) {
  if (!who.code) co_return result<void>{};
  const code_proof& code = *who.code;
  result<bool> taken = false;
  if (code.recovery.empty())
    taken = co_await factors_.take_step(in, who.who.person, code.since, code.step);
  else
    taken = co_await factors_.take_code(in, who.who.person, code.since, code.recovery, p_.time.now());
  if (!taken) co_return fail(std::move(taken.error()));
  if (*taken) co_return result<void>{};
  const std::string why = code.recovery.empty() ? "used before" : "no recovery code, or used before";
  auto noted = co_await note_refused(std::move(by), who.who.person, why);
  if (!noted) co_return noted;
  co_return wrong_code();
}

task<void> login_gate::refund_code(asker by, std::string person) {
  auto keys = backoff_keys("code", person, by.address);
  co_await refund(std::move(keys));
}

task<void> login_gate::passed(asker by, proven who) {
  if (who.code) co_await refund_code(std::move(by), who.who.person);
}

task<result<credentials>> login_gate::own_password(asker by, secret password, std::string action, std::string pointer) {
  auto who = co_await people_.credentials_by_id(by.who.id);
  if (!who) co_return who;
  const auto keys = backoff_keys("login", who->login, by.address);
  auto charged = co_await p_.passwords.backoff().charge(keys, p_.time.now());
  if (!charged) co_return fail(std::move(charged.error()));
  auto right = co_await right_password(*who, true, std::move(password));
  if (!right) co_return fail(std::move(right.error()));
  if (!*right) {
    auto refused = entry_of(by, std::move(action), "person:" + who->person, false);
    auto noted = co_await p_.log.append(std::move(refused));
    if (!noted) co_return fail(std::move(noted.error()));
    co_return invalid(std::move(pointer), "is not the password in force");
  }
  co_await refund(keys);
  co_return who;
}

}  // namespace vss::point
