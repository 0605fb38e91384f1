/// replay.cpp: a fuzz target run on files instead of chance, for builds without libFuzzer: the seeds, and
/// whatever once broke it, stay tried in every test run.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

/// Fuzzers find what they find in small inputs; large ones belong to the tests of limits.
constexpr std::uintmax_t largest = 4 * 1024;

void replay(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::vector<char> bytes(std::istreambuf_iterator<char>(in), {});
  // libFuzzer's own buffers have no NUL behind them either: reading too far is found.
  const std::vector<std::uint8_t> exact(bytes.begin(), bytes.end());
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

}  // namespace

int main(int argc, char** argv) {
  int files = 0;
  for (int i = 1; i < argc; ++i)
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
      if (!entry.is_regular_file() || entry.file_size() > largest) continue;
      std::cout << entry.path().string() << std::endl;  // the last one named is the one that broke it
      replay(entry.path());
      ++files;
    }
  std::cout << files << " files replayed\n";
  return files > 0 ? 0 : 1;
}
