#include "point/enrolment.hpp"

#include "base/log.hpp"
#include "point/base64.hpp"
#include "point/crypto.hpp"
#include "point/token.hpp"

namespace vss::point {
namespace {

archont_kind kind_of(const std::string& text) {
  auto out = archont_kind::MF;
  boost::describe::enum_from_string(text.c_str(), out);
  return out;
}

std::string text_of(archont_kind kind) { return boost::describe::enum_to_string(kind, ""); }

std::unexpected<error> no_proof() { return fail(errc::unauthorized, "the renewal is not proven"); }

}  // namespace

archont_view view_of(const archont_row& row) {
  return {row.id,      row.short_id, row.label,   kind_of(row.kind), row.state,       row.fingerprint,
          row.expires, row.enrolled, row.renewed, row.revoked,       row.revoked_why, row.created};
}

link::enrol_answer enrolment::answer_of(const archont_row& row, const issued_certificate& made) const {
  return {row.id, row.short_id, row.label, row.kind, made.pem, p_.ca.pem(), made.fingerprint, made.expires};
}

task<result<enrol_token_answer>> enrolment::make_token(asker by, enrol_token_input input) {
  const secret token = point::make_token(token_kind::enrol, p_.random);
  const auto hash = token_hash(token_kind::enrol, token);
  const instant until = p_.time.now() + enrol_token_life;
  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  const bool replace = input.replace.value_or(false);
  auto row = co_await store_.pending(*work, make_uuid(p_.time, p_.random), input.label, text_of(input.kind), replace);
  if (!row) co_return fail(std::move(row.error()));
  auto added = co_await store_.add_token(*work, *hash, row->id, until, by.who.id);
  if (!added) co_return fail(std::move(added.error()));
  dto::json::object detail{{"label", row->label}, {"kind", row->kind}, {"replace", replace}};
  auto entry = entry_of(by, "point.archont.token", "archont:" + row->id, true, std::move(detail));
  auto noted = co_await p_.log.append(std::move(entry));
  if (!noted) co_return fail(std::move(noted.error()));
  auto kept = co_await work->commit();
  if (!kept) co_return fail(std::move(kept.error()));
  co_return enrol_token_answer{row->id, row->short_id, row->label, kind_of(row->kind), token.reveal(), until};
}

task<result<link::enrol_answer>> enrolment::enrol(asker by, link::enrol_request input) {
  const auto keys = backoff_keys("enrol", "", by.address);
  auto charged = co_await backoff_.charge(keys, p_.time.now());
  if (!charged) co_return fail(std::move(charged.error()));
  const auto hash = token_hash(token_kind::enrol, secret(std::move(input.token)));
  if (!hash) co_return fail(errc::unauthorized, "this enrolment token does not count");

  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto id = co_await store_.spend_token(*work, *hash, p_.time.now());
  if (!id && id.error().kind == errc::not_found) {
    auto refused = entry_of(by, "point.archont.enrol", "archont:?", false);
    auto noted = co_await p_.log.append(std::move(refused));
    if (!noted) co_return fail(std::move(noted.error()));
    co_return fail(errc::unauthorized, "this enrolment token does not count");
  }
  if (!id) co_return fail(std::move(id.error()));
  // A wrong request leaves the token unspent: the transaction ends here.
  auto made = p_.ca.sign(input.csr, *id, p_.time.now());
  if (!made) co_return fail(std::move(made.error()));
  auto row = co_await store_.enrol(*work, *id, made->fingerprint, made->expires, p_.time.now());
  if (!row) co_return fail(std::move(row.error()));
  by.who.id = *id;
  dto::json::object detail{{"fingerprint", made->fingerprint}, {"label", row->label}};
  auto entry = entry_of(by, "point.archont.enrol", "archont:" + *id, true, std::move(detail));
  auto noted = co_await p_.log.append(std::move(entry));
  if (!noted) co_return fail(std::move(noted.error()));
  auto kept = co_await work->commit();
  if (!kept) co_return fail(std::move(kept.error()));
  auto refunded = co_await backoff_.refund(keys);
  if (!refunded) log::failed("point", "backoff_not_refunded", refunded.error());
  co_return answer_of(*row, *made);
}

result<std::string> enrolment::proven_fingerprint(const link::renew_request& input, const std::string& shown) const {
  if (!input.certificate) {
    if (shown.empty()) return no_proof();
    return shown;
  }
  const auto old = p_.ca.read(*input.certificate);
  if (!old || !input.signature) return no_proof();
  const auto signature = from_base64url(*input.signature);
  const auto text = link::renewal_text(old->fingerprint, sha256_hex(input.csr));
  if (!signature || !p_.ca.proves(*input.certificate, text, *signature)) return no_proof();
  return old->fingerprint;
}

task<result<link::enrol_answer>> enrolment::renew(asker by, link::renew_request input, std::string shown) {
  const auto keys = backoff_keys("renew", "", by.address);
  auto charged = co_await backoff_.charge(keys, p_.time.now());
  if (!charged) co_return fail(std::move(charged.error()));
  const auto fingerprint = proven_fingerprint(input, shown);
  if (!fingerprint) co_return fail(fingerprint.error());
  auto row = co_await store_.by_fingerprint(*fingerprint);
  if (!row && row.error().kind == errc::not_found) co_return no_proof();
  if (!row) co_return fail(std::move(row.error()));
  if (row->state != "active") {
    auto refused = entry_of(by, "point.archont.renew", "archont:" + row->id, false);
    auto noted = co_await p_.log.append(std::move(refused));
    if (!noted) co_return fail(std::move(noted.error()));
    co_return no_proof();
  }
  auto made = p_.ca.sign(input.csr, row->id, p_.time.now());
  if (!made) co_return fail(std::move(made.error()));
  if (row->next_fingerprint == *fingerprint) {  // the renewed one proves: it was used
    auto promoted = co_await store_.promote(row->id, *fingerprint);
    if (!promoted) co_return fail(std::move(promoted.error()));
    row->fingerprint = *fingerprint;
  }
  by.who.id = row->id;
  auto renewed = co_await put_next(std::move(by), std::move(*row), std::move(*made));
  if (!renewed) co_return renewed;
  auto refunded = co_await backoff_.refund(keys);
  if (!refunded) log::failed("point", "backoff_not_refunded", refunded.error());
  co_return renewed;
}

task<result<link::enrol_answer>> enrolment::put_next(asker by, archont_row row, issued_certificate made) {
  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto put =
      co_await store_.renew(*work, row.id, row.fingerprint.value_or(""), made.fingerprint, made.expires, p_.time.now());
  if (!put) co_return fail(std::move(put.error()));
  dto::json::object detail{{"fingerprint", made.fingerprint}};
  auto entry = entry_of(by, "point.archont.renew", "archont:" + row.id, true, std::move(detail));
  auto noted = co_await p_.log.append(std::move(entry));
  if (!noted) co_return fail(std::move(noted.error()));
  auto kept = co_await work->commit();
  if (!kept) co_return fail(std::move(kept.error()));
  co_return answer_of(*put, made);
}

task<result<archont_view>> enrolment::revoke(asker by, std::string id, std::string reason) {
  auto known = co_await store_.one(id);
  if (!known) co_return fail(std::move(known.error()));
  auto work = co_await p_.db.begin();
  if (!work) co_return fail(std::move(work.error()));
  auto row = co_await store_.revoke(*work, id, reason, p_.time.now());
  if (!row) co_return fail(std::move(row.error()));
  dto::json::object detail{{"reason", reason}};
  auto entry = entry_of(by, "point.archont.revoke", "archont:" + id, true, std::move(detail));
  auto noted = co_await p_.log.append(std::move(entry));
  if (!noted) co_return fail(std::move(noted.error()));
  auto kept = co_await work->commit();
  if (!kept) co_return fail(std::move(kept.error()));
  co_return view_of(*row);
}

task<result<archont_page>> enrolment::page(std::string after, int limit) {
  auto found = co_await store_.page(std::move(after), limit + 1);
  if (!found) co_return fail(std::move(found.error()));
  archont_page out;
  for (const auto& row : *found) {
    if (static_cast<int>(out.items.size()) == limit) {
      out.next = out.items.back().label;
      break;
    }
    out.items.push_back(view_of(row));
  }
  co_return out;
}

task<result<archont_view>> enrolment::one(std::string id) {
  auto found = co_await store_.one(std::move(id));
  if (!found) co_return fail(std::move(found.error()));
  co_return view_of(*found);
}

}  // namespace vss::point
