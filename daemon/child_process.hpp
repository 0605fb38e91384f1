/// child_process.hpp: a program run once on one file, in a folder of its own, within limits of time and
/// space.
///
/// No shell, no input, no other file descriptor, almost no environment.  The limits hold even for a program
/// that is being misused by the file it reads: processor time, address space, what it writes and what it says
/// are bounded by the kernel, and at the end of the time its whole process group is killed.  Blocks its
/// thread: it is meant for the parser threads.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace oin {

struct ChildLimits {
  std::chrono::milliseconds time{10'000};
  std::size_t processor_seconds = 8;
  std::size_t memory_bytes = 512'000'000;
  std::size_t file_bytes = 1'000'000;  ///< of any file it writes
  std::size_t output_bytes = 4'000'000;
};

struct ChildEnd {
  enum class How { exited, killed, out_of_time, said_too_much, not_started } how = How::not_started;
  int status = 0;      ///< of exited: its exit status; of killed: the signal
  std::string output;  ///< what it wrote to its standard output, up to the limit
};

/// `file` is written as `file_name` into a new folder, where the program starts; it is removed afterwards.
ChildEnd run_on_file(const std::string& program, const std::vector<std::string>& arguments,
                     std::string_view file_name, std::string_view file, const ChildLimits& limits = {});

}  // namespace oin
