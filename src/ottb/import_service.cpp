#include "ottb/import_service.hpp"

#include <boost/json/serialize.hpp>
#include <cstring>
#include <unordered_set>

#include "base/log.hpp"
#include "ottb/lead_seal.hpp"

namespace vss::ottb {

namespace {

constexpr std::size_t rows_at_once = 500;
constexpr std::size_t chunk_bytes = 64 << 10;
constexpr milliseconds told_every{500};
constexpr std::int64_t most_rows = 2'000'000;
constexpr std::size_t most_error_bytes = 8 << 20;

// The first 16 bytes of a blind index: enough to know a number again within one file.
struct short_index {
  std::uint64_t a = 0, b = 0;
  friend bool operator==(const short_index&, const short_index&) = default;
};
struct short_hash {
  std::size_t operator()(const short_index& i) const { return i.a; }
};
short_index shorten(const std::string& index) {
  short_index out;
  if (index.size() >= 16) {
    std::memcpy(&out.a, index.data(), 8);
    std::memcpy(&out.b, index.data() + 8, 8);
  }
  return out;
}

std::string mapping_json(const import_mapping& m) {
  boost::json::object out{{"phone", m.phone},           {"zone", m.zone},
                          {"consent", m.consent},       {"consent_source", m.consent_source},
                          {"consent_at", m.consent_at}, {"priority", m.priority},
                          {"region", m.region}};
  if (m.zone_default) out["zone_default"] = *m.zone_default;
  if (m.consent_all) out["consent_all"] = *m.consent_all;
  return boost::json::serialize(out);
}

}  // namespace

struct import_service::work {
  work(import_request r, std::string i, net::transaction t)
      : request(std::move(r)), id(std::move(i)), within(std::move(t)) {}
  import_request request;
  std::string id;
  net::transaction within;
  std::optional<import_plan> plan;
  std::optional<error> broken;  // the header cannot be understood, or there are too many rows
  std::vector<lead_row> rows;   // read, not stored yet
  std::unordered_set<short_index, short_hash> seen;
  import_row_counts counts;
  std::string errors = "line,column,code,message\r\n";
  bool errors_cut = false;

  void fault(const import_fault& what) {
    if (errors.size() < most_error_bytes)
      errors += csv_line(what);
    else if (!std::exchange(errors_cut, true))
      errors += "0,,more,there are more faults than this file holds\r\n";
  }
  void take(csv_row row) {
    if (broken) return;
    if (!plan) {
      auto made = plan_import(row, request.mapping);
      if (made)
        plan = std::move(*made);
      else
        broken = std::move(made.error());
      return;
    }
    if (++counts.rows > most_rows) {
      broken = error{errc::too_large, "at most 2,000,000 rows in one file"};
      return;
    }
    auto lead = read_row(*plan, row);
    if (lead) {
      rows.push_back(std::move(*lead));
      return;
    }
    ++counts.rejected;
    for (const auto& each : lead.error()) fault(each);
  }
};

import_service::import_service(net::pg_pool& db, point::vault& vault, const clock& time, random_source& random)
    : store_(db), vault_(vault), time_(time), random_(random) {}

task<result<import_record>> import_service::run(import_request request, std::string text) {
  const std::string id = make_uuid(time_, random_);
  auto noted = co_await store_.begin_import(id, request.campaign, request.filename, mapping_json(request.mapping),
                                            request.by, static_cast<std::int64_t>(text.size()));
  if (!noted) co_return fail(std::move(noted.error()));
  auto begun = co_await store_.begin();
  if (!begun) co_return fail(std::move(begun.error()));
  auto job = std::make_shared<work>(std::move(request), id, std::move(*begun));
  auto done = co_await read_all(job, text);
  if (done) {
    auto ended = co_await store_.finish_import(job->within, id, job->counts, job->errors);
    if (ended) ended = co_await job->within.commit();
    done = std::move(ended);
  }
  if (!done) {
    {
      const net::transaction undone = std::move(job->within);
    }  // nothing of it stays
    log::failed("ottb", "import_failed", done.error(), {{"import", id}, {"campaign", job->request.campaign}});
    job->counts.accepted = 0;
    auto told = co_await store_.fail_import(id, job->counts, job->errors);
    if (!told) log::failed("ottb", "import_failure_not_noted", told.error(), {{"import", id}});
    co_return fail(std::move(done.error()));
  }
  log::info("ottb", "import_done",
            {{"import", id},
             {"campaign", job->request.campaign},
             {"rows", job->counts.rows},
             {"accepted", job->counts.accepted},
             {"duplicates", job->counts.duplicates},
             {"rejected", job->counts.rejected}});
  co_return co_await store_.import(id);
}

task<void> import_service::care() {
  for (;;) {
    const auto failed = co_await store_.fail_orphans();
    if (!failed) log::failed("ottb", "orphaned_imports_not_failed", failed.error());
    if (failed && *failed > 0) log::warn("ottb", "imports_orphaned", {{"count", *failed}});
    co_await pause(seconds(60));
  }
}

task<result<void>> import_service::read_all(std::shared_ptr<work> job, const std::string& text) {
  csv_options options;
  options.delimiter = job->request.delimiter;
  const auto take = [&job](csv_row row) { job->take(std::move(row)); };
  csv_reader reader(options, take);
  bool last = false;
  auto told = time_.steady();
  for (std::size_t at = 0; !last && !job->broken; at += chunk_bytes) {
    reader.feed(std::string_view(text).substr(at, chunk_bytes));
    last = at + chunk_bytes >= text.size();
    if (last) reader.finish();
    while (!job->broken && !job->rows.empty()) {
      auto stored = co_await store_rows(job);
      if (!stored) co_return fail(std::move(stored.error()));
    }
    const auto now = time_.steady();
    if (last || now - told < told_every) continue;
    told = now;
    auto heard = co_await store_.tell_progress(job->id, job->counts, static_cast<std::int64_t>(at + chunk_bytes));
    if (!heard) log::failed("ottb", "import_progress_not_told", heard.error(), {{"import", job->id}});
  }
  if (!job->broken && !job->plan) job->broken = error{errc::invalid, "the file is empty", {{"", "no header line"}}};
  if (job->broken) co_return fail(std::move(*job->broken));
  co_return result<void>{};
}

// The next rows: blind index, sealing (one round trip for all), and one insert.
task<result<void>> import_service::store_rows(std::shared_ptr<work> job) {
  const std::size_t count = std::min(rows_at_once, job->rows.size());
  std::vector<sealed_lead> leads;
  std::vector<point::vault::item> items;
  for (std::size_t i = 0; i < count; ++i) {
    lead_row& row = job->rows[i];
    sealed_lead lead;
    lead.line = row.line;
    lead.index = vault_.blind_index(row.who.number);
    if (!job->seen.insert(shorten(lead.index)).second) {
      ++job->counts.duplicates;
      job->fault({row.line, "phone", "duplicate_in_file", "the number stands in this file already"});
      continue;
    }
    lead.zone = std::move(row.zone);
    lead.zones = std::move(row.zones);
    lead.region = std::move(row.who.region);
    lead.consent = row.consent;
    lead.consent_source = std::move(row.consent_source);
    lead.consent_at = row.consent_at;
    lead.priority = row.priority;
    lead.trail = random_hex(random_, 8);
    items.push_back({lead.index, phone_place(job->request.campaign, lead.index), row.who.number.reveal()});
    if (!row.attributes.empty()) {
      items.push_back(
          {lead.index, attributes_place(job->request.campaign, lead.index), boost::json::serialize(row.attributes)});
      lead.attributes = "sealed below";
    }
    leads.push_back(std::move(lead));
  }
  job->rows.erase(job->rows.begin(), job->rows.begin() + static_cast<std::ptrdiff_t>(count));
  if (leads.empty()) co_return result<void>{};
  auto sealed = co_await vault_.seal(std::move(items));
  if (!sealed) co_return fail(std::move(sealed.error()));
  std::size_t next = 0;
  for (auto& lead : leads) {
    lead.phone = std::move((*sealed)[next++]);
    if (!lead.attributes.empty()) lead.attributes = std::move((*sealed)[next++]);
  }
  auto fresh = co_await store_.add(job->within, job->id, job->request.campaign, leads);
  if (!fresh) co_return fail(std::move(fresh.error()));
  const std::unordered_set<std::string> made(fresh->begin(), fresh->end());
  for (const auto& lead : leads) {
    if (!made.contains(lead.index)) {
      ++job->counts.duplicates;
      job->fault({lead.line, "phone", "duplicate_in_campaign", "the campaign has this number already"});
      continue;
    }
    ++job->counts.accepted;
    if (lead.zones.empty()) ++job->counts.unknown_zone;
  }
  co_return result<void>{};
}

}  // namespace vss::ottb
