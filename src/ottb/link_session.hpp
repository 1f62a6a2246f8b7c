#pragma once
// One archont's link after its hello was accepted (F-05, F-12, F-14 and commands). One coroutine reads; numbered
// messages go to the group commit and are acknowledged after it, at once when the last acknowledgement is a second old,
// otherwise together with what follows; a second coroutine sends the outbox. A session whose
// identity was taken over by another run becomes a suspect: it only listens, and a word spoken later than a second
// after the takeover proves two live copies.
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "net/websocket.hpp"
#include "ottb/link_commit.hpp"
#include "ottb/link_store.hpp"

namespace vss::ottb {

struct link_wiring {
  link_store& store;
  link_commit& commits;
  const vss::clock& time;
  net::metrics& meters;
  std::function<task<result<std::string>>(std::string hub)> config;  // config_push as JSON, secrets opened
  std::function<void(std::string hub)> copied;                       // two live copies were seen
  milliseconds silence{15000};
};

class link_session final : public link_receipt, public std::enable_shared_from_this<link_session> {
 public:
  link_session(link_wiring& with, executor on, std::string hub, link::hello said, link_opening opened,
               std::shared_ptr<net::ws_connection> line);

  task<void> read();  // until the link ends
  task<void> send();  // the outbox, until the link ends
  void wake_outbox();
  void committed(std::int64_t n, std::size_t count) override;
  void acknowledge();  // what is owed, when its time has come; called a few times a second
  void end(int code, std::string reason);
  void suspect();  // another run took over
  bool is_suspect() const { return suspect_since_.has_value(); }
  // Waits until everything that the hub had sent when it took its snapshot is committed; false: the link ended.
  task<bool> caught_up();

  const std::string& hub() const { return hub_; }
  const std::string& label() const { return label_; }
  std::int64_t fence() const { return fence_; }
  const link::hello& said() const { return said_; }
  link_beat beat() const;
  bool open() const { return line_->open(); }

 private:
  void take(const std::string& text);
  void take_numbered(const link::envelope& message);
  void take_ping(const link::envelope& message);
  task<bool> send_row(const outbox_row& row, bool newest_config);
  task<void> trim();

  link_wiring& with_;
  std::string hub_;
  std::string label_;
  std::int64_t fence_;
  link::hello said_;
  std::shared_ptr<net::ws_connection> line_;
  std::int64_t taken_;      // highest number handed to the commit
  std::int64_t committed_;  // highest number in PostgreSQL
  std::int64_t told_;       // highest number that the hub knows to be there
  std::chrono::steady_clock::time_point told_at_{};
  std::size_t uncommitted_ = 0;
  std::int64_t outbox_sent_;  // highest own number sent in this link
  std::int64_t acked_ = 0;    // highest own number the hub has acknowledged
  std::int64_t trimmed_ = 0;
  std::int64_t journal_depth_;
  milliseconds skew_;
  std::chrono::steady_clock::time_point heard_;  // the hub's last word
  std::optional<std::chrono::steady_clock::time_point> suspect_since_;
  bool outbox_news_ = true;  // something happened since the outbox was read
  wakeup progress_;
  wakeup outbox_ready_;
};

}  // namespace vss::ottb
