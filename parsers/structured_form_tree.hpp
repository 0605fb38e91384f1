/// structured_form_tree.hpp: a JSON or YAML document as far as a form needs it: maps, lists and texts with
/// lines.
///
/// Bounded: a document deeper, larger or with more entries than form_limits is none.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oin {

struct FormLimits {
  std::size_t bytes = 1'000'000;
  std::size_t depth = 8;
  std::size_t nodes = 5'000;
};
inline constexpr FormLimits form_limits;

struct FormNode {
  enum class Kind { text, list, map } kind = Kind::text;
  std::string text;                ///< of a text: numbers and booleans as they are written, nothing for null
  std::string key;                 ///< in the map it is in
  int line = 0;                    ///< 1-based: of its key, else of itself
  std::vector<FormNode> children;  ///< of a list or map, in order
};

/// Builds the tree from what a reader meets.  Each answers false when a limit is passed.
class FormTree {
 public:
  bool key(std::string_view key, int line);
  bool text(std::string_view text, int line);
  bool begin(FormNode::Kind kind, int line);
  bool end();
  std::optional<FormNode> take() &&;

 private:
  bool add(FormNode&& node);

  std::vector<FormNode> open_;
  std::vector<FormNode> keys_;  // of each open map, the one whose value comes next
  std::optional<FormNode> root_;
  std::size_t nodes_ = 0;
};

/// RFC 8259, and what people who write it by hand leave in it: comments, a comma behind the last entry.
/// Nothing when it is not valid.
std::optional<FormNode> json_tree(std::string_view utf8);

/// YAML 1.1; several documents are a list of them.  Anchors, aliases and tags are refused: a form needs none,
/// and an alias within an alias makes a gigabyte of a line.
std::optional<FormNode> yaml_tree(std::string_view utf8);

}  // namespace oin
