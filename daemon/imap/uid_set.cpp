#include "daemon/imap/uid_set.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oin::imap {

std::vector<std::string> uid_sets(std::vector<std::uint32_t> uids, std::size_t longest) {
  std::ranges::sort(uids);
  std::vector<std::string> sets;
  for (std::size_t i = 0; i < uids.size();) {
    if (uids[i] == 0) {
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    while (end < uids.size() && uids[end] - uids[end - 1] <= 1) ++end;
    const std::uint32_t first = uids[i], last = uids[end - 1];
    const std::string range = first == last ? fmt::format("{}", first) : fmt::format("{}:{}", first, last);
    if (sets.empty() || sets.back().size() + 1 + range.size() > longest)
      sets.push_back(range);
    else
      sets.back() += "," + range;
    i = end;
  }
  return sets;
}

}  // namespace oin::imap
