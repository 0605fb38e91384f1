/// any_mail.cpp: what must hold for every mail, wherever it comes from: GMime finds the same leaves, each of
/// the same decoded size and, where it is an attachment, of the same name.
#include <fmt/format.h>

#include <algorithm>

#include "tests/comparators/comparator.hpp"
#include "tests/comparators/leaves.hpp"

namespace oin::comparators {
namespace {

bool is_mail(const fs::path& file) {
  const std::string name = file.filename().string(), extension = file.extension().string();
  if (extension.empty())
    return name != "LICENSE" && name != "COPYING" && name != "README" && !name.starts_with('.');
  return extension == ".eml" || extension == ".raw" || extension == ".msg" || extension == ".txt";
}

std::string numbers(const Leaves& leaves) {
  std::string out;
  for (const auto& [number, leaf] : leaves) out += (out.empty() ? "" : " ") + number;
  return out;
}

std::vector<std::string> differences_to_gmime(std::string_view bytes) {
  const Leaves ours = our_leaves(bytes), theirs = gmime_leaves(bytes);
  std::vector<std::string> out;
  if (theirs.empty()) return out;  // no message to GMime: it has no opinion
  if (numbers(ours) != numbers(theirs)) {
    out.push_back(fmt::format("parts: GMime reads {}; we {}", numbers(theirs), numbers(ours)));
    return out;
  }
  for (const auto& [number, leaf] : ours) {
    const Leaf& other = theirs.at(number);
    if (leaf.size && other.size && leaf.size != other.size)
      out.push_back(fmt::format("size of {}: GMime reads {}; we {}", number, *other.size, *leaf.size));
    if (leaf.filename && other.filename && leaf.filename != other.filename)
      out.push_back(
          fmt::format("name of {}: GMime reads \"{}\"; we \"{}\"", number, *other.filename, *leaf.filename));
  }
  return out;
}

}  // namespace

std::vector<Comparison> compare_any_mail(const fs::path& folder) {
  std::vector<Comparison> out;
  for (const fs::path& path : files_below(folder))
    if (is_mail(path))
      out.push_back({path.lexically_relative(folder).generic_string(), differences_to_gmime(contents(path))});
  return out;
}

}  // namespace oin::comparators
