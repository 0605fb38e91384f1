#include "parsers/html_text.hpp"

#include <gumbo.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "parsers/ascii.hpp"
#include "parsers/html_guard.hpp"
#include "parsers/html_text_nodes.hpp"
#include "parsers/html_writer.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

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

/// Does it end so that a value may follow on the same line?
bool ends_as_label(std::string_view words) {
  words = bare(words);
  return !words.empty() && std::string_view(":?.)").find(words.back()) != std::string_view::npos;
}

/// Word gives its paragraphs classes such as MsoNormal and sets no blank line between them.
bool is_words_own(std::string_view classes) { return contains(classes, "Mso"); }

/// Walks the tree without recursion and writes what it finds.
class Walk {
 public:
  std::string text(const GumboNode& root) && {
    open_.push_back({&root});
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
  /// What Outlook sets above a header block in a plain text; reply_text.hpp knows it.
  static constexpr std::string_view separator = "________________________________";

  static constexpr std::string_view struck_mark = "~~";  // as in Markdown

  /// How the cells of the row in hand are laid out.
  enum class Row { blocks, pair, several };

  struct Step {
    const GumboNode* node;
    std::size_t next = 0;
    std::size_t line_length = 0;  // of the line when a link began
    std::size_t item = 0;         // of an ordered list
    std::size_t cell = 0;
    Row row = Row::blocks;
    bool inlined = false;  // a label: its blocks break no line
    bool quoted = false;
    bool struck = false;  // out, by its writer
    bool tight = false;   // a paragraph without margins
    // These go on to what is within.
    bool invisible = false, sizeless = false, verbatim = false, preformatted = false, list_mark = false,
         layout = false;

    bool unseen() const { return invisible || sizeless; }
  };

  void visit(const GumboNode& node) {
    if (is_text(node)) {
      write(node);
      return;
    }
    if (!is_element(node) || is_unread(node.v.element.tag)) return;
    const HtmlStyle style = html_style(attribute(node, "style"));
    if (style.hidden || gumbo_get_attribute(&node.v.element.attributes, "hidden") != nullptr) return;
    Step step = within(open_.back(), style);
    step.node = &node;
    open_.push_back(step);
    enter_marked(open_.back(), style);
    enter(open_.back(), style);
  }

  static Step within(const Step& parent, const HtmlStyle& style) {
    using enum HtmlStyle::Toggle;
    Step step{nullptr};
    const auto toggled = [](HtmlStyle::Toggle toggle, bool before) {
      return toggle == inherited ? before : toggle == on;
    };
    step.invisible = toggled(style.invisible, parent.invisible);
    step.sizeless = toggled(style.sizeless, parent.sizeless);
    step.verbatim = toggled(style.verbatim, parent.verbatim);
    step.preformatted = parent.preformatted;
    step.list_mark = parent.list_mark || style.list_mark;
    step.layout = parent.layout;
    return step;
  }

  void write(const GumboNode& node) {
    const Step& step = open_.back();
    if (step.unseen()) return;
    const std::string_view words = node.v.text.text;
    if (step.list_mark)
      write_list_mark(bare(words));
    else if (step.preformatted || (step.verbatim && node.type != GUMBO_NODE_WHITESPACE))
      out_.preformatted(words);
    else
      out_.text(words);
  }

  /// Word's "1." stays, its bullets (a letter of a font of symbols) become one.
  void write_list_mark(std::string_view mark) {
    if (!mark.empty()) out_.text(ends_as_label(mark) || std::ranges::any_of(mark, is_digit) ? mark : "-");
    out_.text(" ");
  }

  /// What its class, id or style says, whatever element it is.
  void enter_marked(Step& step, const HtmlStyle& style) {
    const GumboNode& node = *step.node;
    const HtmlMark mark = mark_of(node);
    if (mark == HtmlMark::separator ||
        (style.outlook_rule && is_element(node, GUMBO_TAG_DIV) && begins_header_block(node)))
      out_.rule(separator);
    if (mark == HtmlMark::signature && !step.unseen() && is_last_signature(node)) out_.signature();
    step.struck = !step.unseen() &&
                  (style.struck || is_element(node, GUMBO_TAG_S) || is_element(node, GUMBO_TAG_STRIKE) ||
                   is_element(node, GUMBO_TAG_DEL)) &&
                  is_filled(node);
    if (step.struck) out_.literal(struck_mark);
    if (is_quotation(node, mark, style)) {
      step.quoted = true;
      out_.quote();
    }
  }

  void enter(Step& step, const HtmlStyle& style) {
    const GumboNode& node = *step.node;
    switch (node.v.element.tag) {
      case GUMBO_TAG_BR:
        if (!step.unseen()) out_.line_break();
        break;
      case GUMBO_TAG_HR:
        out_.rule("---");
        break;
      case GUMBO_TAG_P:
        step.tight = style.no_margin || is_words_own(attribute(node, "class"));
        margin(step);
        break;
      case GUMBO_TAG_H1:
      case GUMBO_TAG_H2:
      case GUMBO_TAG_H3:
      case GUMBO_TAG_H4:
      case GUMBO_TAG_H5:
      case GUMBO_TAG_H6:
        margin(step);
        break;
      case GUMBO_TAG_PRE:
      case GUMBO_TAG_TEXTAREA:
        out_.block();
        step.preformatted = true;
        break;
      case GUMBO_TAG_UL:
      case GUMBO_TAG_OL:
        out_.block();
        ++lists_;
        break;
      case GUMBO_TAG_LI:
        enter_item();
        break;
      case GUMBO_TAG_DT:
        out_.block();
        step.inlined = is_described(node);
        if (step.inlined) out_.begin_inline();
        break;
      case GUMBO_TAG_TABLE:
        out_.block();
        step.layout = same_word(attribute(node, "role"), "presentation");
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
      case GUMBO_TAG_UNKNOWN:
        if (!step.unseen()) out_.text(unescaped_address(node));
        break;
      default:
        if (is_block(node.v.element.tag)) out_.block();
    }
  }

  void leave(const Step& step) {
    const GumboNode& node = *step.node;
    if (!is_element(node)) return;
    if (step.struck) out_.close(struck_mark);
    switch (node.v.element.tag) {
      case GUMBO_TAG_P:
      case GUMBO_TAG_H1:
      case GUMBO_TAG_H2:
      case GUMBO_TAG_H3:
      case GUMBO_TAG_H4:
      case GUMBO_TAG_H5:
      case GUMBO_TAG_H6:
        margin(step);
        break;
      case GUMBO_TAG_UL:
      case GUMBO_TAG_OL:
        --lists_;
        out_.block();
        break;
      case GUMBO_TAG_DT:
        if (step.inlined)
          end_label();
        else
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
    if (step.quoted) out_.unquote();
  }

  /// Above and below a paragraph or heading.
  void margin(const Step& step) {
    if (step.tight)
      out_.block();
    else
      out_.gap();
  }

  void enter_item() {
    Step* list = open_.size() > 1 ? &open_[open_.size() - 2] : nullptr;
    const bool numbered = list != nullptr && is_element(*list->node, GUMBO_TAG_OL);
    out_.mark(numbered ? std::to_string(++list->item) + ". " : "- ", lists_ > 1 ? (lists_ - 1) * 2 : 0);
  }

  void enter_row(Step& step) {
    out_.block();
    const auto row = filled_cells(*step.node);
    if (row.size() < 2) return;
    const auto label = label_of(*row.front());
    if (!label || (step.layout && !ends_as_label(*label))) return;
    const bool below_heading = has_heading(*step.node);
    const auto fits = [&](const GumboNode* cell) {
      return below_heading ? is_short(*cell) : label_of(*cell).has_value();
    };
    if (row.size() == 2 && !below_heading)
      step.row = Row::pair;
    else if (std::ranges::all_of(row, fits))
      step.row = Row::several;
  }

  void enter_cell(Step& step) {
    Step* row = open_.size() > 1 ? &open_[open_.size() - 2] : nullptr;
    if (row == nullptr || row->row == Row::blocks) {
      out_.block();
      return;
    }
    if (!is_filled(*step.node)) {
      if (row->row == Row::several && row->cell++ > 0) out_.append(" | ");
      step.row = Row::several;  // nothing to set apart
      step.invisible = true;
      return;
    }
    step.row = row->row;
    step.cell = row->cell++;
    if (step.row == Row::several && step.cell > 0) out_.append(" | ");
    step.inlined = step.row == Row::several || step.cell == 0;
    if (step.inlined) out_.begin_inline();
    if (step.row == Row::pair && step.cell == 1 && is_short(*step.node)) out_.hang();
  }

  void leave_cell(const Step& step) {
    if (step.row == Row::pair && step.cell == 0) {
      end_label();
    } else if (step.inlined) {
      out_.end_inline();
    } else if (step.row != Row::several) {
      out_.block();
      out_.unhang();
    }
  }

  /// What comes next is the value.
  void end_label() {
    out_.end_inline();
    const std::string_view label = stripped(out_.line());
    if (!label.empty()) out_.append(ends_as_label(label) ? " " : ": ");
    out_.glue();
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
      case GUMBO_TAG_BLOCKQUOTE:
      case GUMBO_TAG_PRE:
      case GUMBO_TAG_TEXTAREA:
      case GUMBO_TAG_TABLE:
      case GUMBO_TAG_TR:
      case GUMBO_TAG_LI:
      case GUMBO_TAG_DL:
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
      case GUMBO_TAG_LEGEND:
      case GUMBO_TAG_MAIN:
      case GUMBO_TAG_NAV:
      case GUMBO_TAG_ASIDE:
      case GUMBO_TAG_FIGURE:
      case GUMBO_TAG_FIGCAPTION:
      case GUMBO_TAG_DETAILS:
      case GUMBO_TAG_SUMMARY:
      case GUMBO_TAG_BODY:
        return true;
      default:
        return false;
    }
  }

  HtmlWriter out_;
  std::vector<Step> open_;
  std::size_t lists_ = 0;
};

}  // namespace

HtmlText html_text(std::string_view html, const HtmlLimits& limits) {
  if (!within_limits(html, limits)) return without_tags(html, limits.text_bytes);
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;  // each recorded error holds a copy of all open elements
  const auto close = [&options](GumboOutput* output) { gumbo_destroy_output(&options, output); };
  const std::unique_ptr<GumboOutput, decltype(close)> output(
      gumbo_parse_with_options(&options, html.data(), html.size()), close);
  if (!output) return without_tags(html, limits.text_bytes);
  return {Walk().text(*output->root), false, false};
}

}  // namespace oin
