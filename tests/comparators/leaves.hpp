/// leaves.hpp: the leaves of a message as our parser and as GMime (a test-only dependency) read them.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace oin::comparators {

struct Leaf {
  std::optional<std::size_t> size;      ///< after transfer decoding; nothing where it is not told
  std::optional<std::string> filename;  ///< nothing where it is not told: our text has no name
};

/// By part number: "1", "2.1".  A message/* part is a leaf, whatever it holds.
using Leaves = std::map<std::string, Leaf>;

Leaves our_leaves(std::string_view bytes);
Leaves gmime_leaves(std::string_view bytes);

}  // namespace oin::comparators
