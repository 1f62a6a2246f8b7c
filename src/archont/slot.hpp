#pragma once
// One slot of this hub: a coroutine that is the single writer of its state. Leads, commands, SIP events, permits and
// deadlines come through one bounded channel, are put to the pure machine (link/slot.hpp), and what the machine orders
// is done here. Every transition goes to the server through the journal (F-05); every call ends in exactly one CDR
// (F-08) and, for an attempt, one report (F-11).
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "archont/journal.hpp"
#include "archont/sip_agent.hpp"
#include "archont/slot_work.hpp"
#include "base/gate.hpp"
#include "base/ids.hpp"
#include "base/scope.hpp"
#include "link/message.hpp"
#include "link/slot.hpp"

namespace vss::archont {

// A lead from RabbitMQ and what to say to the broker about it.
struct offered_lead {
  link::lead_message lead;
  std::function<void()> taken;     // acknowledge: stored or decided
  std::function<void()> returned;  // back to the server, unchanged
};
struct permit_word {
  std::int64_t epoch = 0;
  instant asked{};  // on the machine's clock: a permit's life is counted from here, whatever the server's clock says
  result<link::permit_answer> answer;
};
using slot_message = std::variant<offered_lead, permit_word, link::command, sip_event, link::slot_input>;

// What a slot needs of its hub.
struct slot_world {
  const clock& time;
  random_source& random;
  sip_agent& phone;
  journal& spool;
  scope& work;
  link::slot_limits limits{};
  std::function<task<result<link::permit_answer>>(link::permit_request, trail)> ask_permit;
  std::function<void(const std::string& type, const boost::json::value& body)> tell_server;
  std::function<void()> spooled;                  // a report or a CDR waits
  std::function<void(const std::string&)> broke;  // this slot went into FAULT
  milliseconds permit_life{3000};
  call_number next_call = 2;  // even; the phone numbers incoming calls odd
  // Permits live for seconds: more questions at once than the server answers at once would only age in a queue.
  gate permits{work.on(), 8};
};

class slot {
 public:
  slot(slot_world& world, std::string number);
  // false: 256 messages wait; a lead then goes back, anything else is said in the log.
  bool tell(slot_message message);
  task<void> run();
  // A call that this hub began in an earlier life: nobody knows how it ended, and it is said so, once.
  void restore(const journal::intent& cut);
  link::slot_picture picture() const;
  const link::slot_facts& facts() const { return facts_; }
  bool busy() const { return facts_.state != link::slot_state::IDLE && facts_.state != link::slot_state::FAULT; }
  // Ends `run` after what waits; the slot may be destroyed when it has.
  void close() { inbox_.close(); }
  bool closed() const { return ended_; }

 private:
  void take(slot_message message);
  void on_lead(offered_lead offer);
  void on_permit(permit_word word);
  void on_command(link::command command);
  bool obey(link::command& command);
  bool dial_internal(const link::command& command);
  bool recover(const link::command& command);
  void on_sip(sip_event event);
  void on_incoming(sip_event event);
  void on_call(sip_event event);
  link::verdict feed(link::slot_input input);
  void do_deed(link::slot_deed deed);
  void publish(link::slot_state from, link::slot_state to, std::string_view event);
  void begin_attempt();
  void invite();
  void close_call();
  void release_work();
  void ask_permit();
  void start_rung();
  void settle();
  instant now() const;  // of the machine: a clock that never jumps
  void event(std::string kind, std::string severity, std::string detail);

  slot_world& world_;
  std::string number_;
  channel<slot_message> inbox_;
  link::slot_facts facts_;
  slot_work work_;                           // of the current assignment
  std::optional<offered_lead> offer_;        // the lead of the event in hand
  std::optional<offered_lead> lead_;         // the lead of the current assignment
  std::optional<call_number> strange_call_;  // the incoming call of the event in hand
  bool refused_ = false;
  bool known_ = false;  // the journal knew this attempt before: it must not be dialled
  bool open_ = false;   // incoming calls are offered
  bool ended_ = false;  // run has returned
};

}  // namespace vss::archont
