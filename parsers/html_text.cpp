#include "parsers/html_text.hpp"

#include <gumbo.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "parsers/ascii.hpp"
#include "parsers/html_guard.hpp"
#include "parsers/html_writer.hpp"

namespace oin {
namespace {

std::string_view attribute(const GumboNode& node, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&node.v.element.attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool is_element(const GumboNode& node) { return node.type == GUMBO_NODE_ELEMENT; }
bool is_element(const GumboNode& node, GumboTag tag) { return is_element(node) && node.v.element.tag == tag; }
bool is_cell(const GumboNode& node) {
  return is_element(node, GUMBO_TAG_TD) || is_element(node, GUMBO_TAG_TH);
}

std::size_t child_count(const GumboNode& node) {
  return is_element(node) ? node.v.element.children.length : 0;
}

const GumboNode& child(const GumboNode& node, std::size_t index) {
  return *static_cast<const GumboNode*>(node.v.element.children.data[index]);
}

bool is_hidden(const GumboNode& node) {
  if (gumbo_get_attribute(&node.v.element.attributes, "hidden") != nullptr) return true;
  const std::string_view raw = attribute(node, "style");
  if (raw.empty()) return false;
  std::string style = lower(raw);
  std::erase_if(style, is_space);
  return style.find("display:none") != std::string::npos || style.find("mso-hide:all") != std::string::npos ||
         style.find("visibility:hidden") != std::string::npos;
}

bool is_unread(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_SELECT:
      return true;
    default:
      return false;
  }
}

/// A label: short, and nothing in it but words and paragraphs.
bool is_label(const GumboNode& cell) {
  constexpr std::size_t most_nodes = 40, longest = 120;
  std::vector<const GumboNode*> left{&cell};
  std::size_t nodes = 0, letters = 0;
  while (!left.empty()) {
    const GumboNode& node = *left.back();
    left.pop_back();
    if (++nodes > most_nodes) return false;
    if (node.type == GUMBO_NODE_TEXT) letters += std::string_view(node.v.text.text).size();
    for (const GumboTag tag :
         {GUMBO_TAG_TABLE, GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_IMG})
      if (is_element(node, tag)) return false;
    for (std::size_t i = 0; i < child_count(node); ++i) left.push_back(&child(node, i));
  }
  return letters > 0 && letters <= longest;
}

std::vector<const GumboNode*> cells(const GumboNode& row) {
  std::vector<const GumboNode*> found;
  for (std::size_t i = 0; i < child_count(row); ++i)
    if (is_cell(child(row, i))) found.push_back(&child(row, i));
  return found;
}

/// Is it worth showing where a link leads?  Not if its words say so already.
bool says_more(std::string_view url, std::string_view words) {
  std::string_view bare = url;
  for (const std::string_view scheme : {"https://", "http://", "mailto:"})
    if (same_word(bare.substr(0, scheme.size()), scheme)) {
      bare.remove_prefix(scheme.size());
      while (bare.ends_with('/')) bare.remove_suffix(1);
      return !bare.empty() && words.find(bare) == std::string_view::npos;
    }
  return false;
}

/// Walks the tree without recursion and writes what it finds.
class Walk {
 public:
  std::string text(const GumboNode& root) && {
    open_.push_back({&root});
    enter(open_.back());
    while (!open_.empty()) {
      Step& step = open_.back();
      if (step.next < child_count(*step.node)) {
        visit(child(*step.node, step.next++));
      } else {
        leave(step);
        open_.pop_back();
      }
    }
    return std::move(out_).finish();
  }

 private:
  /// How the cells of the row in hand are laid out.
  enum class Row { blocks, pair, several };

  struct Step {
    const GumboNode* node;
    std::size_t next = 0;
    std::size_t line_length = 0;  // of the line when a link began
    std::size_t item = 0;         // of an ordered list
    std::size_t cell = 0;
    Row row = Row::blocks;
    bool inlined = false;
  };

  void visit(const GumboNode& node) {
    switch (node.type) {
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_WHITESPACE:
      case GUMBO_NODE_CDATA:
        if (preformatted_ > 0)
          out_.preformatted(node.v.text.text);
        else
          out_.text(node.v.text.text);
        return;
      case GUMBO_NODE_ELEMENT:
        if (is_unread(node.v.element.tag) || is_hidden(node)) return;
        open_.push_back({&node});
        enter(open_.back());
        return;
      default:
        return;
    }
  }

  void enter(Step& step) {
    const GumboNode& node = *step.node;
    if (!is_element(node)) return;
    switch (node.v.element.tag) {
      case GUMBO_TAG_BR:
        out_.line_break();
        break;
      case GUMBO_TAG_HR:
        out_.block();
        out_.literal("---");
        out_.block();
        break;
      case GUMBO_TAG_P:
        // Outlook writes each line as a paragraph of this class, without a margin.
        if (attribute(node, "class").find("MsoNormal") != std::string_view::npos)
          out_.block();
        else
          out_.gap();
        break;
      case GUMBO_TAG_H1:
      case GUMBO_TAG_H2:
      case GUMBO_TAG_H3:
      case GUMBO_TAG_H4:
      case GUMBO_TAG_H5:
      case GUMBO_TAG_H6:
        out_.gap();
        break;
      case GUMBO_TAG_BLOCKQUOTE:
        out_.quote();
        break;
      case GUMBO_TAG_PRE:
      case GUMBO_TAG_TEXTAREA:
        out_.block();
        ++preformatted_;
        break;
      case GUMBO_TAG_UL:
      case GUMBO_TAG_OL:
        out_.block();
        ++lists_;
        break;
      case GUMBO_TAG_LI:
        enter_item();
        break;
      case GUMBO_TAG_TR:
        enter_row(step);
        break;
      case GUMBO_TAG_TD:
      case GUMBO_TAG_TH:
        enter_cell(step);
        break;
      case GUMBO_TAG_A:
        step.line_length = out_.line().size();
        break;
      default:
        if (is_block(node.v.element.tag)) out_.block();
    }
  }

  void leave(const Step& step) {
    const GumboNode& node = *step.node;
    if (!is_element(node)) return;
    switch (node.v.element.tag) {
      case GUMBO_TAG_P:
      case GUMBO_TAG_H1:
      case GUMBO_TAG_H2:
      case GUMBO_TAG_H3:
      case GUMBO_TAG_H4:
      case GUMBO_TAG_H5:
      case GUMBO_TAG_H6:
        enter_again(step);
        break;
      case GUMBO_TAG_BLOCKQUOTE:
        out_.unquote();
        break;
      case GUMBO_TAG_PRE:
      case GUMBO_TAG_TEXTAREA:
        --preformatted_;
        out_.block();
        break;
      case GUMBO_TAG_UL:
      case GUMBO_TAG_OL:
        --lists_;
        out_.block();
        break;
      case GUMBO_TAG_TD:
      case GUMBO_TAG_TH:
        leave_cell(step);
        break;
      case GUMBO_TAG_A:
        leave_link(step);
        break;
      default:
        if (is_block(node.v.element.tag)) out_.block();
    }
  }

  /// The margin below a paragraph or heading is that above it.
  void enter_again(const Step& step) {
    Step same{step.node};
    enter(same);
  }

  void enter_item() {
    Step* list = open_.size() > 1 ? &open_[open_.size() - 2] : nullptr;
    const bool numbered = list != nullptr && is_element(*list->node, GUMBO_TAG_OL);
    out_.mark(numbered ? std::to_string(++list->item) + ". " : "- ", lists_ > 1 ? (lists_ - 1) * 2 : 0);
  }

  void enter_row(Step& step) {
    out_.block();
    const auto row = cells(*step.node);
    if (row.size() < 2 || !is_label(*row.front())) return;
    if (row.size() == 2)
      step.row = Row::pair;
    else if (std::ranges::all_of(
                 row, [](const GumboNode* cell) { return child_count(*cell) == 0 || is_label(*cell); }))
      step.row = Row::several;
  }

  void enter_cell(Step& step) {
    Step* row = open_.size() > 1 ? &open_[open_.size() - 2] : nullptr;
    if (row == nullptr || row->row == Row::blocks) {
      out_.block();
      return;
    }
    step.row = row->row;
    step.cell = row->cell++;
    if (step.row == Row::several && step.cell > 0) out_.append(" | ");
    step.inlined = step.row == Row::several || step.cell == 0;
    if (step.inlined) out_.begin_inline();
  }

  void leave_cell(const Step& step) {
    if (step.inlined) out_.end_inline();
    if (step.row == Row::pair && step.cell == 0) {
      const std::string_view label = stripped(out_.line());
      const bool marked = label.ends_with(':') || label.ends_with('?');
      if (!label.empty()) out_.append(marked ? " " : ": ");
      out_.glue();
    } else if (step.row != Row::several) {
      out_.block();
    }
  }

  void leave_link(const Step& step) {
    const std::string& line = out_.line();
    if (line.size() <= step.line_length) return;  // no words, or they were broken
    const std::string_view words = std::string_view(line).substr(step.line_length);
    const std::string_view url = stripped(attribute(*step.node, "href"));
    if (url.find_first_of(" \t\r\n<>") == std::string_view::npos && says_more(url, words))
      out_.append(" <" + std::string(url) + ">");
  }

  static bool is_block(GumboTag tag) {
    switch (tag) {
      case GUMBO_TAG_DIV:
      case GUMBO_TAG_TABLE:
      case GUMBO_TAG_TR:
      case GUMBO_TAG_LI:
      case GUMBO_TAG_DL:
      case GUMBO_TAG_DT:
      case GUMBO_TAG_DD:
      case GUMBO_TAG_SECTION:
      case GUMBO_TAG_ARTICLE:
      case GUMBO_TAG_HEADER:
      case GUMBO_TAG_FOOTER:
      case GUMBO_TAG_ADDRESS:
      case GUMBO_TAG_CENTER:
      case GUMBO_TAG_FORM:
      case GUMBO_TAG_FIELDSET:
      case GUMBO_TAG_CAPTION:
      case GUMBO_TAG_BODY:
        return true;
      default:
        return false;
    }
  }

  HtmlWriter out_;
  std::vector<Step> open_;
  std::size_t preformatted_ = 0, lists_ = 0;
};

}  // namespace

HtmlText html_text(std::string_view html, const HtmlLimits& limits) {
  if (!within_limits(html, limits)) return {without_tags(html), true};
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;  // each recorded error holds a copy of all open elements
  const auto close = [&options](GumboOutput* output) { gumbo_destroy_output(&options, output); };
  const std::unique_ptr<GumboOutput, decltype(close)> output(
      gumbo_parse_with_options(&options, html.data(), html.size()), close);
  if (!output) return {without_tags(html), true};
  return {Walk().text(*output->root), false};
}

}  // namespace oin
