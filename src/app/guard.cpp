// guard: runs one engine so that nothing of it outlives the engine, the guard, or the supervisor above it.
//   vss-guard [-s STOPSIG] [-t GRACE_SECONDS] [-a AGAIN_SECONDS] [-p PIDFILE] -- COMMAND ARGUMENTS...
// - the supervisor dies          -> STOPSIG to the engine, GRACE to obey, then SIGKILL (our parent-death signal); with
// AGAIN it is repeated,
//                                for engines that lose it while they start
// - the engine dies, workers not -> they fall to us (subreaper): they are ended, we leave with the engine's status
// - the guard itself is killed   -> the engine's main process dies with it; engines/run sweeps its workers at the next
// start PIDFILE receives the engine's own pid, because everybody else only knows ours. No library: it is built before
// all else.
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

struct order {
  int stop_signal = SIGTERM;
  int grace_seconds = 20;
  int again_seconds = 0;
  const char* pid_file = nullptr;
  char** command = nullptr;
};

bool read_order(int argc, char** argv, order& out) {
  for (int option = 0; (option = getopt(argc, argv, "+s:t:a:p:")) != -1;) {
    if (option == 's')
      out.stop_signal = std::atoi(optarg);
    else if (option == 't')
      out.grace_seconds = std::atoi(optarg);
    else if (option == 'a')
      out.again_seconds = std::atoi(optarg);
    else if (option == 'p')
      out.pid_file = optarg;
    else
      return false;
  }
  out.command = argv + optind;
  return optind < argc;
}

// Sends `signal` (0: none) to every process whose parent is this one; says how many there are.
int signal_children(int signal) {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/self/task/%d/children", static_cast<int>(getpid()));
  std::FILE* list = std::fopen(path, "r");
  if (list == nullptr) return 0;
  int count = 0;
  for (int pid = 0; std::fscanf(list, "%d", &pid) == 1; ++count)
    if (signal != 0) kill(pid, signal);
  std::fclose(list);
  return count;
}

// Written beside and renamed, so that a reader never sees half a number.
void write_pid(const char* file, pid_t pid) {
  if (file == nullptr) return;
  const std::string beside = std::string(file) + ".new";
  std::FILE* out = std::fopen(beside.c_str(), "we");
  if (out == nullptr) return;
  std::fprintf(out, "%d\n", static_cast<int>(pid));
  std::fclose(out);
  std::rename(beside.c_str(), file);
}

[[noreturn]] void become(const order& what, pid_t guard, const sigset_t& signals) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != guard) _exit(3);
  sigprocmask(SIG_SETMASK, &signals, nullptr);
  // a shell's background job ignores SIGINT, and what is ignored stays so across exec: the stop signal would be lost
  for (const int signal : {SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGPIPE}) ::signal(signal, SIG_DFL);
  execvp(what.command[0], what.command);
  std::perror(what.command[0]);
  _exit(127);
}

time_t monotonic_seconds() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec;
}

// Waits for the engine's end, passing signals on; returns its wait status.
int watch(const order& what, pid_t engine, const sigset_t& ours, bool& stopping) {
  time_t asked = 0;
  time_t repeated = 0;
  for (;;) {
    const timespec tick{1, 0};
    const int signal = sigtimedwait(&ours, nullptr, &tick);
    if (signal == SIGHUP) {
      kill(engine, SIGHUP);
    } else if (signal > 0 && signal != SIGCHLD && !stopping) {
      stopping = true;
      asked = repeated = monotonic_seconds();
      kill(engine, what.stop_signal);
    }
    int status = 0;
    for (pid_t pid = 0; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
      if (pid == engine) return status;
    if (!stopping) continue;
    const time_t now = monotonic_seconds();
    if (now - asked > what.grace_seconds) kill(engine, SIGKILL);
    if (what.again_seconds > 0 && now - repeated >= what.again_seconds) {
      repeated = now;
      kill(engine, what.stop_signal);
    }
  }
}

// The engine has ended; ends what it left behind, gently for half a second when this is a stop, else at once.
void end_orphans(bool stopping) {
  for (int round = 0; round < 60 && signal_children(round < 10 && stopping ? SIGTERM : SIGKILL) > 0; ++round) {
    const timespec pause{0, 50'000'000};
    nanosleep(&pause, nullptr);
    while (waitpid(-1, nullptr, WNOHANG) > 0) {
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  order what;
  if (!read_order(argc, argv, what)) {
    std::fputs(
        "usage: vss-guard [-s STOPSIG] [-t GRACE_SECONDS] [-a AGAIN_SECONDS] [-p PIDFILE] -- COMMAND ARGUMENTS...\n",
        stderr);
    return 2;
  }
  // A change of user clears the parent-death signal: whoever changes it does so before this program starts.
  const pid_t supervisor = getppid();
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  if (getppid() != supervisor) {
    std::fputs("guard: the supervisor is gone\n", stderr);
    return 3;
  }
  sigset_t ours;
  sigset_t before;
  sigemptyset(&ours);
  for (const int signal : {SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGCHLD}) sigaddset(&ours, signal);
  sigprocmask(SIG_BLOCK, &ours, &before);

  const pid_t guard = getpid();
  const pid_t engine = fork();
  if (engine < 0) {
    std::perror("guard: fork");
    return 4;
  }
  if (engine == 0) become(what, guard, before);
  write_pid(what.pid_file, engine);
  bool stopping = false;
  const int status = watch(what, engine, ours, stopping);
  end_orphans(stopping);
  if (what.pid_file != nullptr) unlink(what.pid_file);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
