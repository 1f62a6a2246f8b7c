#include "ottb/report_end.hpp"

#include <gtest/gtest.h>

namespace vss::ottb {
namespace {

using link::outcome;
const instant now = parse_instant("2026-11-23T12:00:00Z").value();

open_attempt attempt(std::string state, std::string permit) {
  open_attempt out;
  out.id = "a";
  out.state = std::move(state);
  out.permit_state = std::move(permit);
  out.max_attempts = 3;
  return out;
}

link::attempt_report said(outcome what) {
  link::attempt_report out;
  out.outcome = what;
  out.ended_at = now - seconds(1);
  return out;
}

TEST(report_end, the_first_word_ends_the_attempt) {
  for (const auto* state : {"dialling", "ringing", "answered"}) {
    const auto end = judge_report(attempt(state, "sent"), said(outcome::busy), now);
    EXPECT_EQ(end.kind, end_kind::first) << state;
    EXPECT_FALSE(end.finished);
    EXPECT_EQ(end.next_at, now + seconds(900));
  }
}

TEST(report_end, a_permit_that_nobody_used_costs_nothing) {
  for (const auto what : {outcome::rejected, outcome::failed, outcome::blocked, outcome::abandoned, outcome::refused}) {
    EXPECT_EQ(judge_report(attempt("permitted", "issued"), said(what), now).kind, end_kind::give_back) << name(what);
    EXPECT_EQ(judge_report(attempt("queued", ""), said(what), now).kind, end_kind::give_back) << name(what);
  }
  for (const auto what : {outcome::answered, outcome::busy, outcome::no_answer, outcome::invalid, outcome::unknown}) {
    EXPECT_EQ(judge_report(attempt("permitted", "issued"), said(what), now).kind, end_kind::first) << name(what);
  }
}

TEST(report_end, what_has_ended_is_only_noted) {
  auto done = attempt("done", "sent");
  done.outcome = "busy";
  EXPECT_EQ(judge_report(done, said(outcome::answered), now).kind, end_kind::note);
  EXPECT_EQ(judge_report(attempt("returned", ""), said(outcome::answered), now).kind, end_kind::note);
}

TEST(report_end, a_hub_may_not_refuse) {
  const auto end = judge_report(attempt("dialling", "sent"), said(outcome::refused), now);
  EXPECT_EQ(end.outcome, outcome::failed);
  EXPECT_EQ(end.kind, end_kind::first);
}

TEST(report_end, a_clock_that_runs_ahead_is_cut) {
  auto report = said(outcome::answered);
  report.ended_at = now + seconds(500);
  report.answered_at = now + seconds(400);
  const auto end = judge_report(attempt("answered", "sent"), report, now);
  EXPECT_EQ(end.ended_at, now);
  EXPECT_EQ(end.answered_at, now);
}

call_end facts(outcome what) {
  call_end out;
  out.attempt = "a";
  out.outcome = what;
  out.ended_at = now;
  return out;
}

TEST(report_end, the_pbx_corrects_the_hub_once) {
  auto done = attempt("done", "sent");
  done.outcome = done.hub_outcome = "failed";
  done.lead_attempts = 1;
  auto end = judge_call(done, facts(outcome::answered), now);
  EXPECT_EQ(end.kind, end_kind::correct);
  EXPECT_TRUE(end.finished);
  end = judge_call(done, facts(outcome::busy), now);
  EXPECT_FALSE(end.finished);  // one of three attempts used: the count is not raised a second time
  done.pbx_outcome = "answered";
  EXPECT_EQ(judge_call(done, facts(outcome::busy), now).kind, end_kind::note);
}

TEST(report_end, the_pbx_does_not_open_what_was_refused_or_returned) {
  auto refused = attempt("done", "");
  refused.outcome = "refused";
  EXPECT_EQ(judge_call(refused, facts(outcome::answered), now).kind, end_kind::note);
  EXPECT_EQ(judge_call(attempt("returned", ""), facts(outcome::answered), now).kind, end_kind::note);
}

TEST(report_end, the_pbx_ends_what_is_open) {
  auto last = attempt("ringing", "sent");
  last.lead_attempts = 2;
  const auto end = judge_call(last, facts(outcome::no_answer), now);
  EXPECT_EQ(end.kind, end_kind::first);
  EXPECT_TRUE(end.finished);  // the third of three
}

TEST(report_end, a_lost_call) {
  EXPECT_EQ(judge_loss(attempt("answered", "sent"), now).outcome, outcome::answered);
  EXPECT_EQ(judge_loss(attempt("ringing", "sent"), now).outcome, outcome::unknown);
  EXPECT_EQ(judge_loss(attempt("dialling", "sent"), now).outcome, outcome::unknown);
  EXPECT_EQ(judge_loss(attempt("dialling", "consumed"), now).outcome, outcome::failed);
  EXPECT_EQ(judge_loss(attempt("dialling", "sent"), now).next_at, now + std::chrono::hours(72));
}

}  // namespace
}  // namespace vss::ottb
