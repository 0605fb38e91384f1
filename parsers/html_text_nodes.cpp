#include "parsers/html_text_nodes.hpp"

#include <algorithm>
#include <array>

#include "parsers/ascii.hpp"
#include "parsers/reply_text_marks.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

constexpr std::size_t most_nodes = 200;

/// Visits at most `most` nodes in document order, `root` first, until `visit` answers false.
template <class Visit>
void walk_some(const GumboNode& root, std::size_t most, Visit visit) {
  std::vector<const GumboNode*> left{&root};
  for (std::size_t nodes = 0; !left.empty() && nodes < most; ++nodes) {
    const GumboNode& node = *left.back();
    left.pop_back();
    if (!visit(node)) return;
    // No more children than nodes are left to be visited.
    for (std::size_t i = std::min(child_count(node), most); i-- > 0;) left.push_back(&child(node, i));
  }
}

/// The first words in it, or nothing within sight.
std::string_view first_text(const GumboNode& element) {
  std::string_view found;
  walk_some(element, most_nodes, [&](const GumboNode& node) {
    if (is_text(node)) found = bare(node.v.text.text);
    return found.empty();
  });
  return found;
}

bool is_cell(const GumboNode& node) {
  return is_element(node, GUMBO_TAG_TD) || is_element(node, GUMBO_TAG_TH);
}

bool begins_quotation(const GumboNode& element) {
  if (is_element(element, GUMBO_TAG_HR)) return true;
  const HtmlMark mark = mark_of(element);
  return mark != HtmlMark::none && mark != HtmlMark::signature;
}

}  // namespace

std::string_view attribute(const GumboNode& node, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&node.v.element.attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool is_element(const GumboNode& node) { return node.type == GUMBO_NODE_ELEMENT; }
bool is_element(const GumboNode& node, GumboTag tag) { return is_element(node) && node.v.element.tag == tag; }

bool is_text(const GumboNode& node) {
  return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE || node.type == GUMBO_NODE_CDATA;
}

std::size_t child_count(const GumboNode& node) {
  return is_element(node) ? node.v.element.children.length : 0;
}

const GumboNode& child(const GumboNode& node, std::size_t index) {
  return *static_cast<const GumboNode*>(node.v.element.children.data[index]);
}

HtmlMark mark_of(const GumboNode& element) {
  if (!is_element(element)) return HtmlMark::none;
  if (is_element(element, GUMBO_TAG_BLOCKQUOTE)) return HtmlMark::quote;
  if (element.v.element.attributes.length == 0) return HtmlMark::none;
  return html_mark(attribute(element, "class"), attribute(element, "id"), attribute(element, "name"));
}

bool is_quotation(const GumboNode& element, HtmlMark mark, const HtmlStyle& style) {
  if (mark != HtmlMark::quote && mark != HtmlMark::quote_holder) return false;
  if (is_element(element, GUMBO_TAG_BLOCKQUOTE)) {
    // Editors indent with a blockquote that has a margin and no line beside it.
    const bool cites = !attribute(element, "type").empty() || !attribute(element, "cite").empty() ||
                       !attribute(element, "class").empty() || !attribute(element, "id").empty();
    if (style.indented && !style.bordered_left && !cites) return false;
  } else if (mark == HtmlMark::quote_holder) {
    for (std::size_t i = 0; i < child_count(element); ++i)
      if (is_element(child(element, i), GUMBO_TAG_BLOCKQUOTE)) return false;
  }
  return title_of(first_text(element)) != Title::forwarded;
}

bool begins_header_block(const GumboNode& element) {
  constexpr std::size_t longest_label = 40;
  const std::string_view text = first_text(element).substr(0, longest_label);
  return contains(text, ":") || contains(text, "：");
}

bool is_last_signature(const GumboNode& element) {
  if (const auto text = first_text(element); text.empty() || text.starts_with("--")) return false;
  std::size_t nodes = 0;
  bool written = false, quoted = false;
  for (const GumboNode* node = &element; node->parent != nullptr && is_element(*node->parent);
       node = node->parent) {
    for (std::size_t i = node->index_within_parent + 1; i < child_count(*node->parent); ++i) {
      walk_some(child(*node->parent, i), most_nodes, [&](const GumboNode& next) {
        quoted = is_element(next) && begins_quotation(next);
        written = (is_text(next) && !is_blank_line(next.v.text.text)) || ++nodes >= most_nodes;
        return !quoted && !written;
      });
      if (quoted) return true;
      if (written) return false;
    }
  }
  return true;
}

std::string_view unescaped_address(const GumboNode& element) {
  if (!is_element(element, GUMBO_TAG_UNKNOWN)) return {};
  const std::string_view tag(element.v.element.original_tag.data, element.v.element.original_tag.length);
  const bool url = starts_with_words(tag, "<http://") || starts_with_words(tag, "<https://") ||
                   starts_with_words(tag, "<mailto:");
  return url || (contains(tag, "@") && tag.find_first_of(" \t\r\n=\"") == std::string_view::npos)
             ? tag
             : std::string_view();
}

std::optional<std::string> label_of(const GumboNode& cell) {
  constexpr std::size_t most_label_nodes = 40, longest = 120;
  std::string words;
  bool plain = true;
  std::size_t nodes = 0;
  walk_some(cell, most_nodes, [&](const GumboNode& node) {
    if (is_text(node)) words += node.v.text.text;
    plain =
        ++nodes <= most_label_nodes && words.size() <= longest &&
        std::ranges::none_of(
            std::to_array({GUMBO_TAG_TABLE, GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_IMG}),
            [&](GumboTag tag) { return is_element(node, tag); });
    return plain;
  });
  if (!plain || is_blank_line(words)) return std::nullopt;
  return std::string(bare(words));
}

bool is_described(const GumboNode& term) {
  if (term.parent == nullptr) return false;
  for (std::size_t i = term.index_within_parent + 1; i < child_count(*term.parent); ++i)
    if (const GumboNode& next = child(*term.parent, i); is_element(next))
      return is_element(next, GUMBO_TAG_DD);
  return false;
}

bool is_short(const GumboNode& cell) {
  std::size_t nodes = 0;
  bool plain = true;
  walk_some(cell, most_nodes, [&](const GumboNode& node) {
    plain =
        ++nodes < most_nodes && !is_element(node, GUMBO_TAG_TABLE) && !is_element(node, GUMBO_TAG_BLOCKQUOTE);
    return plain;
  });
  return plain;
}

bool has_heading(const GumboNode& row) {
  constexpr std::size_t fewest = 3;
  const GumboNode* table = row.parent;
  while (table != nullptr && is_element(*table) && !is_element(*table, GUMBO_TAG_TABLE))
    table = table->parent;
  if (table == nullptr || !is_element(*table)) return false;
  const GumboNode* first = nullptr;
  walk_some(*table, most_nodes, [&](const GumboNode& node) {
    if (is_element(node, GUMBO_TAG_TR)) first = &node;
    return first == nullptr;
  });
  if (first == nullptr || first == &row) return false;
  const auto cells = filled_cells(*first);
  return cells.size() >= fewest &&
         std::ranges::all_of(cells, [](const GumboNode* cell) { return label_of(*cell).has_value(); });
}

bool is_filled(const GumboNode& cell) { return !first_text(cell).empty(); }

std::vector<const GumboNode*> filled_cells(const GumboNode& row) {
  std::vector<const GumboNode*> found;
  for (std::size_t i = 0; i < child_count(row); ++i)
    if (is_cell(child(row, i)) && is_filled(child(row, i))) found.push_back(&child(row, i));
  return found;
}

}  // namespace oin
