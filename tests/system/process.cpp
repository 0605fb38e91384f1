#include "tests/system/process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

extern char** environ;

namespace oin::test {
namespace {

int decoded(int raw) { return WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw); }

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> out;
  for (std::string& word : words) out.push_back(word.data());
  out.push_back(nullptr);
  return out;
}

int spawn(std::vector<std::string> arguments, const std::filesystem::path& in,
          const std::filesystem::path& out, const std::filesystem::path& err,
          std::vector<std::string> more_environment) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, in.c_str(), O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (err == out)
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
  else
    posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  std::vector<std::string> environment;
  for (char** e = environ; *e; ++e) environment.emplace_back(*e);
  for (std::string& e : more_environment) environment.push_back(std::move(e));
  int pid = -1;
  const int failed = posix_spawnp(&pid, arguments.front().c_str(), &actions, nullptr,
                                  pointers(arguments).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed) throw std::runtime_error("cannot start " + arguments.front());
  return pid;
}

}  // namespace

Process::Process(std::vector<std::string> arguments, const std::filesystem::path& log,
                 std::vector<std::string> environment)
    : pid_(spawn(std::move(arguments), "/dev/null", log, log, std::move(environment))) {}

Process::Process(Process&& other) noexcept : pid_(std::exchange(other.pid_, -1)), status_(other.status_) {}

Process::~Process() {
  if (!running()) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void Process::signal(int number) {
  if (running()) ::kill(pid_, number);
}

bool Process::running() {
  if (pid_ < 0 || status_) return false;
  int raw = 0;
  if (::waitpid(pid_, &raw, WNOHANG) != pid_) return true;
  status_ = decoded(raw);
  return false;
}

std::optional<int> Process::wait(std::chrono::seconds at_most) {
  const auto until = std::chrono::steady_clock::now() + at_most;
  while (running() && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  return status_;
}

Output run(std::vector<std::string> arguments, const std::string& input, std::chrono::seconds at_most) {
  char folder[] = "/tmp/oind-run.XXXXXX";
  if (!::mkdtemp(folder)) throw std::runtime_error("no temporary folder");
  const std::filesystem::path base(folder);
  write_file(base / "in", input);
  Output result;
  int raw = 0;
  const int pid = spawn(std::move(arguments), base / "in", base / "out", base / "err", {});
  const auto until = std::chrono::steady_clock::now() + at_most;
  while (::waitpid(pid, &raw, WNOHANG) != pid) {
    if (std::chrono::steady_clock::now() > until) {
      ::kill(pid, SIGKILL);
      ::waitpid(pid, &raw, 0);
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  result = {decoded(raw), read_file(base / "out"), read_file(base / "err")};
  std::filesystem::remove_all(base);
  return result;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void write_file(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes;
}

}  // namespace oin::test
