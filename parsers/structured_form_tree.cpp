#include "parsers/structured_form_tree.hpp"

#include <utility>

namespace oin {

using Kind = FormNode::Kind;

bool FormTree::key(std::string_view key, int line) {
  if (keys_.empty()) return false;
  keys_.back().key = key;
  keys_.back().line = line;
  return true;
}

bool FormTree::text(std::string_view text, int line) {
  return add({.text = std::string(text), .key = {}, .line = line, .children = {}});
}

bool FormTree::begin(Kind kind, int line) {
  if (root_ || open_.size() >= form_limits.depth) return false;
  open_.push_back({.kind = kind, .text = {}, .key = {}, .line = line, .children = {}});
  keys_.emplace_back();
  return true;
}

bool FormTree::end() {
  FormNode node = std::move(open_.back());
  open_.pop_back();
  keys_.pop_back();
  return add(std::move(node));
}

bool FormTree::add(FormNode&& node) {
  if (root_ || ++nodes_ > form_limits.nodes) return false;
  if (open_.empty()) {
    root_ = std::move(node);
    return true;
  }
  if (open_.back().kind == Kind::map) {
    node.key = std::move(keys_.back().key);
    node.line = keys_.back().line;
  }
  open_.back().children.push_back(std::move(node));
  return true;
}

std::optional<FormNode> FormTree::take() && { return std::move(root_); }

}  // namespace oin
