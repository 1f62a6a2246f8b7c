// The part of campaign_service that takes profiles and flows: checked whole before a version is made of them.
#include "ottb/campaign_service.hpp"
#include "ottb/ivr_flow.hpp"
#include "ottb/profile_document.hpp"

namespace vss::ottb {

namespace {

error under(std::string_view place, error what) {
  for (auto& each : what.problems) {
    if (!each.pointer.starts_with(place)) each.pointer = std::string(place) + each.pointer;
  }
  return what;
}

}  // namespace

task<result<named_document>> campaign_service::add_profile(std::string name, std::string document) {
  auto read = dto::parse<profile_document>(document);
  if (!read) co_return fail(under("/document", std::move(read.error())));
  auto made = make_profile("", name, 0, *read);
  if (!made) co_return fail(std::move(made.error()));
  co_return co_await store_.add_document(document_kind::profile, new_id(), std::move(name), std::move(document));
}

task<result<named_document>> campaign_service::add_flow(std::string name, std::string document) {
  auto read = dto::parse<ivr_document>(document);
  if (!read) co_return fail(under("/document", std::move(read.error())));
  if (auto ok = check(*read); !ok) co_return fail(under("/document", std::move(ok.error())));
  co_return co_await store_.add_document(document_kind::flow, new_id(), std::move(name), std::move(document));
}

}  // namespace vss::ottb
