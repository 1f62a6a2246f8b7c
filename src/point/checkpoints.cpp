#include "point/checkpoints.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>

#include "base/log.hpp"
#include "point/crypto.hpp"

namespace vss::point {
namespace {

constexpr seconds every{60};
constexpr std::int64_t rows_between = 1000;
constexpr milliseconds look{1000};
constexpr off_t tail_size = 4096;  // longer than two lines

struct open_file {
  int number = -1;
  explicit open_file(const std::string& path) : number(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {}
  ~open_file() {
    if (number >= 0) ::close(number);
  }
  open_file(const open_file&) = delete;
  open_file& operator=(const open_file&) = delete;
};

// The last whole line; what follows its end was being written when the power went and is cut off.
result<std::string> last_line(int file) {
  const off_t size = ::lseek(file, 0, SEEK_END);
  const off_t from = std::max<off_t>(0, size - tail_size);
  std::string tail(static_cast<std::size_t>(size - from), '\0');
  if (::pread(file, tail.data(), tail.size(), from) != static_cast<ssize_t>(tail.size())) {
    return fail(errc::unavailable, "the checkpoint file cannot be read");
  }
  const auto end = tail.rfind('\n');
  const off_t whole = end == std::string::npos ? from : from + static_cast<off_t>(end) + 1;
  if (whole != size && ::ftruncate(file, whole) != 0) return fail(errc::unavailable, "the checkpoint file is not ours");
  if (end == std::string::npos) return std::string();
  tail.resize(end);
  const auto start = tail.rfind('\n');
  return start == std::string::npos ? tail : tail.substr(start + 1);
}

}  // namespace

result<bool> append_checkpoint(const std::string& path, checkpoint what, std::string_view seed) {
  const open_file file(path);
  if (file.number < 0 || ::flock(file.number, LOCK_EX) != 0) {
    return fail(errc::unavailable, "the checkpoint file cannot be opened: " + path);
  }
  const auto before = last_line(file.number);
  if (!before) return std::unexpected(before.error());
  if (!before->empty()) {
    what.prev = sha256_hex(*before);
    const auto known = read_checkpoint(*before, ed25519_from_seed(std::string(seed)).open);
    if (known && known->chain == what.chain && known->seq >= what.seq) return false;
  }
  const std::string line = checkpoint_line(what, seed) + "\n";
  ::lseek(file.number, 0, SEEK_END);
  if (::write(file.number, line.data(), line.size()) != static_cast<ssize_t>(line.size()) ||
      ::fdatasync(file.number) != 0) {
    return fail(errc::unavailable, "the checkpoint file cannot be written: " + path);
  }
  return true;
}

checkpoint_keeper::checkpoint_keeper(scope& work, net::pg_pool& db, const envelope& box, const clock& time,
                                     std::string path)
    : work_(work), store_(db), box_(box), time_(time), path_(std::move(path)), files_("checkpoints", 1, 4) {}

void checkpoint_keeper::start() { spawn(work_, "audit_checkpoints", keep_loop()); }

task<result<void>> checkpoint_keeper::keep() {
  auto head = co_await store_.head();
  if (!head) co_return fail(std::move(head.error()));
  if (head->last.seq == 0 || head->last.seq == kept_seq_) co_return result<void>{};
  const checkpoint what{head->chain, head->last.seq, to_hex(head->last.hash), to_text(time_.now()), ""};
  // Shared with the thread that writes: this coroutine may be cancelled while it waits.
  const auto written = std::make_shared<result<bool>>(false);
  const std::function<void()> job = [written, what, path = path_, seed = box_.checkpoint_seed()] {
    *written = append_checkpoint(path, what, seed.reveal());
  };
  auto ran = co_await files_.run(job);
  if (!ran) co_return ran;
  if (!*written) co_return fail(written->error());
  kept_seq_ = what.seq;
  if (**written)
    log::info("point", "audit_checkpoint", {{"chain", what.chain}, {"seq", what.seq}, {"hash", what.hash}});
  co_return result<void>{};
}

task<void> checkpoint_keeper::keep_loop() {
  auto last = time_.steady() - every;
  while (true) {
    co_await pause(look);
    auto head = co_await store_.head();
    if (!head) continue;
    const bool due = time_.steady() - last >= every || head->last.seq - kept_seq_ >= rows_between;
    if (!due || head->last.seq == kept_seq_) continue;
    const auto kept = co_await keep();
    if (!kept) log::failed("point", "audit_checkpoint_failed", kept.error());
    last = time_.steady();
  }
}

}  // namespace vss::point
