#pragma once
// A program of a module test under vss-guard: it ends with the object, and also when the test dies.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "net/test/engines.hpp"

namespace vss::archont {

class guarded_child {
 public:
  // What it prints goes to the file `log`.
  guarded_child(std::vector<std::string> command, const std::string& log) {
    std::vector<std::string> words{test::need("VSS_GUARD"), "-t", "5", "--"};
    words.insert(words.end(), command.begin(), command.end());
    std::vector<char*> argv;
    for (auto& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 1, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_adddup2(&files, 1, 2);
    char path[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin", terminal[] = "TERM=dumb";
    char* environment[] = {path, terminal, nullptr};
    const int failed = ::posix_spawn(&pid_, words.front().c_str(), &files, nullptr, argv.data(), environment);
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0) throw std::runtime_error(command.front() + " cannot start");
  }
  ~guarded_child() { end(); }
  guarded_child(const guarded_child&) = delete;

  void end() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }

 private:
  pid_t pid_ = 0;
};

}  // namespace vss::archont
