/// process.hpp: a child process of a test, ended by its pid when the test ends.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace oin::test {

class Process {
 public:
  /// Starts a program; its standard output and error go to the end of `log`.
  Process(std::vector<std::string> arguments, const std::filesystem::path& log,
          std::vector<std::string> environment = {});
  ~Process();  ///< kills it if it still runs
  Process(Process&& other) noexcept;
  Process& operator=(Process&&) = delete;

  void signal(int number);
  bool running();
  /// Its exit status (128 + signal for a killed one); nothing if it still ran when the time was up.
  std::optional<int> wait(std::chrono::seconds at_most);
  int pid() const { return pid_; }

 private:
  int pid_ = -1;
  std::optional<int> status_;
};

struct Output {
  int status = 0;
  std::string out, err;
};

/// Runs a program to its end, at most `at_most`.
Output run(std::vector<std::string> arguments, const std::string& input = {},
           std::chrono::seconds at_most = std::chrono::seconds(120));

std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, const std::string& bytes);

}  // namespace oin::test
