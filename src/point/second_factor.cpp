#include "point/second_factor.hpp"

#include "point/crypto.hpp"
#include "point/roles.hpp"
#include "point/token.hpp"
#include "point/totp.hpp"

namespace vss::point {
namespace {

constexpr auto offer_life = std::chrono::minutes(15);
constexpr int recovery_codes = 10;

std::unexpected<error> no_person() { return fail(errc::forbidden, "a service token has no second factor"); }
std::unexpected<error> already() { return fail(errc::conflict, "a second factor is in force; take it off first"); }
std::unexpected<error> nothing_on_offer() { return fail(errc::conflict, "no second factor is on offer; begin again"); }

}  // namespace

task<result<bool>> second_factor::in_force(std::string person) {
  auto row = co_await factors_.one(std::move(person));
  if (!row) co_return fail(std::move(row.error()));
  co_return *row && (*row)->confirmed;
}

task<result<factor_offer>> second_factor::begin(asker by, password_proof input) {
  if (!is_uuid(by.who.id)) co_return no_person();
  auto who = co_await p_.gate.own_password(by, std::move(input.password), "point.factor.begin", "/password");
  if (!who) co_return fail(std::move(who.error()));
  const std::string key = random_bytes(p_.random, totp_key_size);
  const std::string sealed = p_.vault.seal_site(factor_place(who->person), key);

  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto offered = co_await factors_.offer(*work, who->person, sealed, p_.time.now());
  if (!offered) co_return fail(std::move(offered.error()));
  if (!*offered) co_return already();
  auto entry = entry_of(by, "point.factor.begin", "person:" + who->person);
  auto noted = co_await p_.log.append(std::move(entry));
  if (!noted) co_return fail(std::move(noted.error()));
  auto kept = co_await work->commit();
  if (!kept) co_return fail(std::move(kept.error()));
  factor_offer out;
  out.secret = base32(key);
  out.uri = totp_uri(p_.issuer, who->login, out.secret);
  co_return out;
}

task<result<factor_row>> second_factor::on_offer(std::string person) {
  auto row = co_await factors_.one(std::move(person));
  if (!row) co_return fail(std::move(row.error()));
  if (*row && (*row)->confirmed) co_return already();
  if (!*row || (*row)->created + offer_life <= p_.time.now()) co_return nothing_on_offer();
  co_return std::move(**row);
}

task<result<recovery_code_list>> second_factor::confirm(asker by, factor_code input) {
  if (!is_uuid(by.who.id)) co_return no_person();
  auto offered = co_await on_offer(by.who.id);
  if (!offered) co_return fail(std::move(offered.error()));
  auto step = co_await p_.gate.step_of(by, *offered, std::move(input.code));
  if (!step) co_return fail(std::move(step.error()));
  if (!*step) {
    auto refused = entry_of(by, "point.factor.confirm", "person:" + offered->person, false);
    auto noted = co_await p_.log.append(std::move(refused));
    if (!noted) co_return fail(std::move(noted.error()));
    co_return invalid("/code", "is not the code of now; is the telephone's clock right?");
  }
  auto out = co_await put_in_force(by, *offered, **step);
  if (out) co_await p_.gate.refund_code(std::move(by), offered->person);
  co_return out;
}

task<result<recovery_code_list>> second_factor::put_in_force(asker by, factor_row offered, std::int64_t step) {
  recovery_code_list out;
  std::vector<std::string> hashes;
  for (int i = 0; i < recovery_codes; ++i) {
    const secret code = make_recovery_code(p_.random);
    out.recovery_codes.push_back(code.reveal());
    hashes.push_back(recovery_hash(code).value());
  }
  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto confirmed = co_await factors_.confirm(*work, offered, step, p_.time.now());
  if (!confirmed) co_return fail(std::move(confirmed.error()));
  if (!*confirmed) co_return nothing_on_offer();
  auto put = co_await factors_.put_codes(*work, offered.person, std::move(hashes));
  if (!put) co_return fail(std::move(put.error()));
  auto entry = entry_of(by, "point.factor.confirm", "person:" + offered.person);
  auto noted = co_await p_.log.append(std::move(entry));
  if (!noted) co_return fail(std::move(noted.error()));
  auto kept = co_await work->commit();
  if (!kept) co_return fail(std::move(kept.error()));
  co_return out;
}

task<result<void>> second_factor::take_off(net::transaction& in, std::string person) {
  auto removed = co_await factors_.remove(in, std::move(person));
  if (!removed) co_return fail(std::move(removed.error()));
  if (!*removed) co_return fail(errc::not_found, "there is no second factor in force");
  co_return result<void>{};
}

task<result<void>> second_factor::remove(asker by, password_proof input) {
  if (!is_uuid(by.who.id)) co_return no_person();
  auto who = co_await p_.gate.own_password(by, std::move(input.password), "point.factor.remove", "/password");
  if (!who) co_return fail(std::move(who.error()));
  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto removed = co_await take_off(*work, who->person);
  if (!removed) co_return removed;
  auto entry = entry_of(by, "point.factor.remove", "person:" + who->person);
  auto noted = co_await p_.log.append(std::move(entry));
  if (!noted) co_return noted;
  co_return co_await work->commit();
}

task<result<void>> second_factor::reset(asker by, std::string person) {
  if (person == by.who.id) co_return fail(errc::refused, "your own is taken off with your password");
  auto who = co_await people_.one(person);
  if (!who) co_return fail(std::move(who.error()));
  if (const auto what = beyond(by.who, who->roles, p_.rights); !what.empty()) {
    co_return fail(errc::forbidden, "this needs " + what + ", which you do not hold");
  }
  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto removed = co_await take_off(*work, person);
  if (!removed) co_return removed;
  auto ended = co_await sessions_.revoke_all(*work, person, "", "second factor reset", p_.time.now());
  if (!ended) co_return fail(std::move(ended.error()));
  dto::json::object detail{{"sessions", *ended}};
  auto entry = entry_of(by, "point.factor.reset", "person:" + person, true, std::move(detail));
  auto noted = co_await p_.log.append(std::move(entry));
  if (!noted) co_return noted;
  co_return co_await work->commit();
}

task<result<void>> second_factor::sweep() { return factors_.sweep(p_.time.now() - std::chrono::hours(24)); }

}  // namespace vss::point
