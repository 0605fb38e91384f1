#include "daemon/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <utility>

#include "daemon/temporary_folder.hpp"

namespace oin {
namespace {

using Clock = std::chrono::steady_clock;
using How = ChildEnd::How;

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  int get() const { return number_; }

 private:
  int number_;
};

bool limited(int resource, std::size_t most) {
  const rlimit limit{most, most};
  return setrlimit(static_cast<__rlimit_resource_t>(resource), &limit) == 0;
}

/// What the child needs, made ready before the fork: behind it only async-signal-safe calls are allowed.
struct Prepared {
  const char* program;
  char* const* arguments;
  char* const* environment;
  const char* folder;
  int output;
  pid_t parent;
};

[[noreturn]] void become(const Prepared& start, const ChildLimits& limits) {
  constexpr int could_not_start = 127;
  sigset_t none;
  sigemptyset(&none);
  const int nothing = open("/dev/null", O_RDWR);
  const bool ready = setpgid(0, 0) == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
                     getppid() == start.parent && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                     sigprocmask(SIG_SETMASK, &none, nullptr) == 0 && signal(SIGPIPE, SIG_DFL) != SIG_ERR &&
                     nothing >= 0 && dup2(nothing, 0) == 0 && dup2(start.output, 1) == 1 &&
                     dup2(nothing, 2) == 2 && syscall(SYS_close_range, 3U, ~0U, 0U) == 0 &&
                     chdir(start.folder) == 0 && limited(RLIMIT_CPU, limits.processor_seconds) &&
                     limited(RLIMIT_AS, limits.memory_bytes) && limited(RLIMIT_FSIZE, limits.file_bytes) &&
                     limited(RLIMIT_CORE, 0) && limited(RLIMIT_NOFILE, 32);
  if (ready) execve(start.program, start.arguments, start.environment);
  _exit(could_not_start);
}

/// A child process; killed with its group, and waited for, at the latest when it goes out of scope.
class Child {
 public:
  explicit Child(pid_t pid) : pid_(pid), watch_(static_cast<int>(syscall(SYS_pidfd_open, pid, 0))) {
    setpgid(pid, pid);  // as the child does itself: whoever comes first
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { end(); }

  int watch() const { return watch_.get(); }

  /// Kills what still runs; its wait status.
  int end() {
    if (pid_ > 0) {
      kill(-pid_, SIGKILL);
      while (waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
      }
      pid_ = -1;
    }
    return status_;
  }

 private:
  pid_t pid_;
  int status_ = 0;
  Descriptor watch_;
};

enum class Wait { more, ended, overrun, late };

/// Reads what is there; ended when the other side is closed.
Wait read_some(int pipe, std::string& output, std::size_t most) {
  std::array<char, 65'536> block;
  const ssize_t size = read(pipe, block.data(), block.size());
  if (size < 0) return errno == EINTR || errno == EAGAIN ? Wait::more : Wait::ended;
  if (size == 0) return Wait::ended;
  output.append(block.data(), static_cast<std::size_t>(size));
  if (output.size() <= most) return Wait::more;
  output.resize(most);
  return Wait::overrun;
}

/// Until the child has ended and all it said is read.
Wait follow(const Child& child, int pipe, std::string& output, const ChildLimits& limits) {
  const auto deadline = Clock::now() + limits.time;
  std::array<pollfd, 2> watched = {pollfd{pipe, POLLIN, 0}, pollfd{child.watch(), POLLIN, 0}};
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return Wait::late;
    if (poll(watched.data(), watched.size(), static_cast<int>(left.count())) < 0 && errno != EINTR)
      return Wait::late;
    if (watched[0].revents != 0) {
      const Wait now = read_some(pipe, output, limits.output_bytes);
      if (now == Wait::overrun) return now;
      if (now == Wait::ended) watched[0].fd = -1;  // poll passes over it
    } else if (watched[1].revents != 0) {
      return Wait::ended;  // whoever still holds the pipe is of its group, and killed
    }
  }
}

}  // namespace

ChildEnd run_on_file(const std::string& program, const std::vector<std::string>& arguments,
                     std::string_view file_name, std::string_view file, const ChildLimits& limits) {
  const TemporaryFolder folder;
  if (folder.path().empty()) return {};
  {
    std::ofstream out(folder.path() / file_name, std::ios::binary);
    out.write(file.data(), static_cast<std::streamsize>(file.size()));
    if (!out.flush()) return {};
  }
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  const Descriptor read_end(ends[0]);
  Descriptor write_end(ends[1]);
  fcntl(read_end.get(), F_SETFL, O_NONBLOCK);

  std::vector<std::string> words = arguments;
  words.insert(words.begin(), program);
  std::vector<std::string> settings = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8",
                                       "HOME=" + folder.path().string()};
  std::vector<char*> argv, envp;
  for (std::string& word : words) argv.push_back(word.data());
  for (std::string& setting : settings) envp.push_back(setting.data());
  argv.push_back(nullptr);
  envp.push_back(nullptr);
  const Prepared start{program.c_str(),       argv.data(),     envp.data(),
                       folder.path().c_str(), write_end.get(), getpid()};

  const pid_t pid = fork();
  if (pid < 0) return {};
  if (pid == 0) become(start, limits);
  Child child(pid);
  write_end = Descriptor();
  if (child.watch() < 0) return {};

  ChildEnd end;
  const Wait wait = follow(child, read_end.get(), end.output, limits);
  const int status = child.end();
  if (wait == Wait::late) {
    end.how = How::out_of_time;
  } else if (wait == Wait::overrun) {
    end.how = How::said_too_much;
  } else if (WIFEXITED(status)) {
    end.status = WEXITSTATUS(status);
    end.how = end.status == 127 ? How::not_started : How::exited;
  } else {
    end.how = How::killed;
    end.status = WTERMSIG(status);
  }
  return end;
}

}  // namespace oin
