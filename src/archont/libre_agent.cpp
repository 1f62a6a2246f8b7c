#include "archont/libre_agent.hpp"

#include <future>

#include "archont/libre_lines.hpp"

namespace vss::archont {

struct libre_agent::state {
  state(executor e, clock& t, listener heard, int descriptors)
      : on(std::move(e)), time(t), listens(std::make_shared<listener>(std::move(heard))), thread(descriptors) {}

  // An event becomes a value on the archont's executor; nobody hears it after the agent's end.
  void tell(sip_event event) {
    event.at = time.now();
    post(on, [who = std::weak_ptr(listens), event = std::move(event)]() mutable {
      if (const auto listening = who.lock()) (*listening)(std::move(event));
    });
  }
  template <class F>
  void with_lines(F work) {
    thread.run([this, work = std::move(work)] {
      if (lines) work(*lines);
    });
  }

  executor on;
  clock& time;
  std::shared_ptr<listener> listens;
  std::unique_ptr<libre_lines> lines;  // lives and dies on the thread
  libre_thread thread;
};

libre_agent::libre_agent(executor on, clock& time, listener heard, int descriptors)
    : state_(std::make_unique<state>(std::move(on), time, std::move(heard), descriptors)) {
  state_->thread.run([s = state_.get()] {
    // What the lines put off is done only while they are there: the agent may end between the two.
    s->lines = std::make_unique<libre_lines>(
        [s](sip_event event) { s->tell(std::move(event)); },
        [s](std::function<void()> work) { s->with_lines([work = std::move(work)](libre_lines&) { work(); }); });
  });
}

libre_agent::~libre_agent() {
  state_->listens.reset();
  state_->thread.run([s = state_.get()] { s->lines.reset(); });
  state_->thread.stop();
}

void libre_agent::use(sip_settings settings) {
  state_->with_lines([settings = std::move(settings)](libre_lines& l) { l.use(settings); });
}
void libre_agent::put(sip_account account) {
  state_->with_lines([account = std::move(account)](libre_lines& l) { l.put(account); });
}
void libre_agent::remove(std::string slot) {
  state_->with_lines([slot = std::move(slot)](libre_lines& l) { l.remove(slot); });
}
void libre_agent::register_now(std::string slot) {
  state_->with_lines([slot = std::move(slot)](libre_lines& l) { l.register_now(slot); });
}
void libre_agent::stop_registering(std::string slot) {
  state_->with_lines([slot = std::move(slot)](libre_lines& l) { l.stop_registering(slot); });
}
void libre_agent::receive(std::string slot, bool open, int busy_code) {
  state_->with_lines([slot = std::move(slot), open, busy_code](libre_lines& l) { l.receive(slot, open, busy_code); });
}
void libre_agent::dial(std::string slot, call_number call, std::string user) {
  state_->with_lines(
      [slot = std::move(slot), call, user = std::move(user)](libre_lines& l) { l.dial(slot, call, user); });
}
void libre_agent::answer(std::string slot, call_number call) {
  state_->with_lines([slot = std::move(slot), call](libre_lines& l) {
    if (auto* one = l.call_of(slot, call)) one->answer();
  });
}
void libre_agent::hang_up(std::string slot, call_number call) {
  state_->with_lines([slot = std::move(slot), call](libre_lines& l) { l.hang_up(slot, call); });
}
void libre_agent::send_digits(std::string slot, call_number call, std::string digits) {
  state_->with_lines([slot = std::move(slot), call, digits = std::move(digits)](libre_lines& l) {
    if (auto* one = l.call_of(slot, call)) one->send_digits(digits);
  });
}
void libre_agent::renew_media(std::string slot, call_number call) {
  state_->with_lines([slot = std::move(slot), call](libre_lines& l) {
    if (auto* one = l.call_of(slot, call)) one->renew_media();
  });
}

void libre_agent::close(milliseconds limit) {
  const auto done = std::make_shared<std::promise<void>>();
  auto ended = done->get_future();
  state_->with_lines([done](libre_lines& l) { l.close([done] { done->set_value(); }); });
  ended.wait_for(limit);
  state_->thread.run([s = state_.get()] { s->lines.reset(); });
}

}  // namespace vss::archont
