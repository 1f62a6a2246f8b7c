#include <fmt/format.h>

#include <bit>
#include <utility>

#include "link/slot_fsm_check.hpp"

namespace vss::link {
namespace {

// The enumerator's own spelling, from the compiler: "... [V = vss::link::slot_event::assign]".
template <auto V>
consteval std::string_view spelled() {
  std::string_view text = __PRETTY_FUNCTION__;
  text = text.substr(text.rfind("::") + 2);
  return text.substr(0, text.size() - 1);
}

template <class E, std::size_t... N>
consteval auto spell_all(std::index_sequence<N...>) {
  return std::array<std::string_view, sizeof...(N)>{spelled<static_cast<E>(N)>()...};
}
template <class E, E Last>
constexpr auto spellings = spell_all<E>(std::make_index_sequence<static_cast<std::size_t>(Last) + 1>());

std::string states_of(unsigned set) {
  if (set == fsm::all) return "any";
  std::string out;
  const bool most = std::popcount(set) > 5;
  for (unsigned i = 0; i < slot_states; ++i) {
    if (((set >> i) & 1) == (most ? 1U : 0U)) continue;
    out += (out.empty() ? "" : ", ") + std::string(name(static_cast<slot_state>(i)));
  }
  return most ? "any but " + out : out;
}

std::string deeds_of(const fsm::row& r) {
  std::string out;
  for (const auto deed : r.what) {
    if (deed == slot_deed::none) break;
    out += (out.empty() ? "" : ", ") + std::string(name(deed));
  }
  return out.empty() ? "-" : out;
}

// One cell of the matrix: the targets in order of the rows, "." stays, blank is forbidden.
std::string cell(unsigned state, slot_event on) {
  std::string out;
  for (const auto& r : fsm::table) {
    if (r.on != on || (r.from & (1U << state)) == 0) continue;
    const std::string to = r.to == fsm::same ? "." : std::string(name(static_cast<slot_state>(r.to)));
    if (out.find(to) == std::string::npos || to == ".") out += (out.empty() ? "" : " / ") + to;
    if (r.when == slot_guard::always) break;
  }
  return out == ". / ." ? "." : out;
}

}  // namespace

std::string_view name(slot_state state) {
  return spellings<slot_state, slot_state::FAULT>[static_cast<std::size_t>(state)];
}
std::string_view name(slot_event event) {
  return spellings<slot_event, slot_event::t_rung>[static_cast<std::size_t>(event)];
}
std::string_view name(slot_fault fault) {
  return spellings<slot_fault, slot_fault::DIED_ACTIVE>[static_cast<std::size_t>(fault)];
}
std::string_view name(slot_guard guard) {
  return spellings<slot_guard, slot_guard::ladder_left>[static_cast<std::size_t>(guard)];
}
std::string_view name(slot_deed deed) { return spellings<slot_deed, slot_deed::tell>[static_cast<std::size_t>(deed)]; }

std::string slot_fsm_markdown() {
  std::string out =
      "# The slot's state machine\n\n"
      "Generated from `src/link/slot_fsm_table.hpp`; a test keeps them equal. The first row that fits wins; a state "
      "and\n"
      "event without a row is forbidden: counted, nothing changes. Events of an older epoch or of another call are "
      "stale\n"
      "and change nothing. Drain, lock, quarantine, reach, registration and the recovery rung are attributes, not "
      "states.\n"
      "`t_...` are deadlines. A configured slot in ASSIGNED is `prepared` at once, a registered one in REGISTERING is\n"
      "READY at once, and a call that came in goes on to CALLING: reception needs no server.\n\n"
      "## Rows\n\n| from | event | guard | to | what is done |\n|---|---|---|---|---|\n";
  for (const auto& r : fsm::table) {
    out += fmt::format("| {} | {} | {} | {} | {} |\n", states_of(r.from), name(r.on),
                       r.when == slot_guard::always ? "" : name(r.when),
                       r.to == fsm::same ? "-" : name(static_cast<slot_state>(r.to)), deeds_of(r));
  }
  out += "\n## Every state and event\n\n`.` stays; blank is forbidden.\n\n| event |";
  for (unsigned s = 0; s < slot_states; ++s) out += fmt::format(" {} |", name(static_cast<slot_state>(s)));
  out += "\n|---|---|---|---|---|---|---|---|---|\n";
  for (std::size_t on = 0; on < slot_events; ++on) {
    out += fmt::format("| {} |", name(static_cast<slot_event>(on)));
    for (unsigned s = 0; s < slot_states; ++s) out += fmt::format(" {} |", cell(s, static_cast<slot_event>(on)));
    out += "\n";
  }
  return out;
}

}  // namespace vss::link
