#include "parsers/labelled_text.hpp"

#include <algorithm>
#include <optional>

#include "parsers/labelled_line.hpp"

namespace oin {
namespace {

constexpr std::size_t wrapped_width = 60;  // mail programs wrap at 72 to 78; a shorter line ended on purpose

/// Reads the lines from front to back.
class Scanner {
 public:
  explicit Scanner(const std::vector<TextLine>& lines) : lines_(lines) {}

  LabelledText read() && {
    while (at_ < lines_.size()) step();
    return std::move(found_);
  }

 private:
  struct Title {
    std::optional<std::string_view> scope;  ///< nothing: the section goes on
    std::string_view text;
    std::size_t lines = 1;
    std::size_t depth = 0;
  };

  std::string_view line(std::size_t at) const { return unquoted(lines_[at].text); }
  bool blank(std::size_t at) const { return is_blank_line(line(at)); }

  std::size_t next_written(std::size_t at) const {
    while (at < lines_.size() && blank(at)) ++at;
    return at;
  }

  void step() {
    if (blank(at_) || is_underline(line(at_))) {
      ++at_;
    } else if (const auto title = title_at(at_)) {
      if (title->scope) {
        section_ = *title->scope;
        depth_ = title->depth;
        found_.sections.push_back({section_, std::string(title->text), lines_[at_].number});
      }
      at_ += title->lines;
    } else if (const auto label = labelled(line(at_), section_)) {
      const int number = lines_[at_].number;
      std::string value = value_of(*label);  // moves at_ on
      if (!value.empty())
        found_.values.push_back({std::string(label->label), label->key, std::move(value), section_, number});
    } else {
      ++at_;
    }
  }

  bool has_known_label(std::size_t at) const {
    if (at >= lines_.size()) return false;
    const auto label = labelled(line(at), section_);
    return label && !label->key.empty();
  }

  /// Is what follows a section's content, and not one label's value?
  bool leads_to_labels(std::size_t at, std::string_view scope) const {
    const std::size_t next = next_written(at);
    if (next == lines_.size()) return false;
    const auto label = labelled(line(next), scope);
    return label && !label->key.empty();
  }

  static Title marked(std::string_view title, std::size_t depth = 0) {
    title = bare(without_marks(bare(title), "*_:#= "));
    return {scope_of_title(title, false).value_or(std::string_view()), title, 1, depth};
  }

  std::optional<Title> title_at(std::size_t at) const {
    std::string_view text = bare(line(at));
    if (text.size() > longest_label || begins_armour(text) || ends_armour(text)) return std::nullopt;
    if (text.starts_with('#')) {
      const std::size_t depth = std::min(text.find_first_not_of('#'), text.size());
      Title title = marked(text, depth);
      if (!known_key(title.text).empty() && !leads_to_labels(at + 1, title.scope.value_or("")))
        return std::nullopt;
      // A heading below a protocol's own that names nothing leaves the section as it is.
      if (depth_ > 0 && depth > depth_ && !scope_of_title(title.text, false)) title.scope.reset();
      return title;
    }
    if (text.starts_with('[') && text.ends_with(']') && text.size() > 3 &&
        text.substr(1, text.size() - 2).find_first_of("[]") == std::string_view::npos)
      return marked(text.substr(1, text.size() - 2));
    for (const std::string_view mark : {"==", "--", "~~", "__"})
      if (text.size() > 2 * mark.size() && text.starts_with(mark) && text.ends_with(mark) &&
          !is_underline(text))
        return marked(without_marks(text, mark.substr(0, 1)));
    const bool colon = text.ends_with(':') || text.ends_with("：");
    if (at + 1 < lines_.size() && is_underline(line(at + 1)) && !bare(line(at + 1)).starts_with("**")) {
      const auto label = labelled(text, section_);
      if (!label || label->value.empty()) {
        Title title = marked(text);
        title.lines = 2;
        return title;
      }
    }
    const bool bold =
        text.size() > 2 && (text.front() == '*' || text.front() == '_') && text.back() == text.front();
    const std::string_view plain = bare(without_marks(without_bullet(text), "*_: "));
    if (colon || bold) {
      const auto scope = scope_of_title(plain, false);
      const bool is_label = !known_key(plain).empty();
      if (scope && (!is_label || leads_to_labels(at + 1, *scope))) return Title{scope, plain};
      return std::nullopt;
    }
    if (const auto scope = scope_of_title(plain, true)) return Title{scope, plain};
    // "Test account" with nothing around it, above "URL: …".
    if (text.size() < 40 && !contains(text, ":"))
      if (const auto scope = scope_of_title(plain, false); scope && leads_to_labels(at + 1, *scope))
        return Title{scope, plain};
    return std::nullopt;
  }

  void append(std::string& value, std::size_t at) const {
    value.append(value.empty() ? "" : "\n").append(bare(line(at)));
  }

  /// The value of a label at at_, which moves behind it.
  std::string value_of(const Label& label) {
    const FieldRow* row = row_of(section_, label.key);
    const Shape shape = row ? row->shape : Shape::line;
    const bool grows = shape == Shape::list || shape == Shape::choices || shape == Shape::contacts ||
                       shape == Shape::pairs || shape == Shape::variables;
    const std::size_t indent = indentation(line(at_));
    std::string value(label.value);
    std::size_t next = at_ + 1;
    if (begins_armour(value)) return armour();
    if (!value.empty()) {
      for (; next < lines_.size() && !blank(next) && !is_underline(line(next)); ++next) {
        const bool deeper = indentation(line(next)) > indent && bullet_length(bare(line(at_))) == 0;
        const bool flows = shape == Shape::prose || (shape == Shape::line && !labelled(line(next), section_));
        const bool wrapped =
            flows && line(next - 1).size() >= wrapped_width && bullet_length(bare(line(next))) == 0;
        const bool listed = grows && (bare(line(next - 1)).ends_with(',') ||
                                      bullet_length(bare(line(next))) > 0 || is_url_alone(line(next)));
        if (title_at(next) || (has_known_label(next) && !(deeper && shape == Shape::prose))) break;
        if (!deeper && !wrapped && !listed) break;
        append(value, next);
      }
      at_ = next;
      return value;
    }
    const std::size_t first = next_written(next);
    at_ = next;
    if (first == lines_.size() || first > next + 2) return {};
    if (begins_armour(line(first))) {
      at_ = first;
      return armour();
    }
    const bool block = indentation(line(first)) > indent ||
                       (bullet_length(bare(line(first))) > 0 && !label_is_bulleted(indent, next - 1));
    // Within an indented block "email: user.email" is an entry, whatever "email" means elsewhere.
    const bool opaque =
        block && (shape == Shape::prose || shape == Shape::pairs || shape == Shape::variables);
    // "SAML" below "Protocols supported" is its value, and no section's title; "Variables:" is a label.
    const bool names_protocols = row && row->vocabulary == "protocol" && first == next &&
                                 line(first).find(':') == std::string_view::npos;
    if (is_underline(line(first)) ||
        (!opaque && !names_protocols && (title_at(first) || has_known_label(first))))
      return {};
    int blanks = 0;
    for (next = first; next < lines_.size(); ++next) {
      if (blank(next)) {
        // A blank line ends a value, but not a description of several paragraphs.
        const std::size_t after = next_written(next);
        const bool goes_on = shape == Shape::prose && ++blanks < 20 && after == next + 1 &&
                             after < lines_.size() && !(block && indentation(line(after)) <= indent);
        if (!goes_on) break;
        if (title_at(after) || (!block && has_known_label(after))) break;
        value += '\n';
        continue;
      }
      if (next > first) {
        const bool inside = indentation(line(next)) > indent || bullet_length(bare(line(next))) > 0;
        if (block && !inside) break;
        if (!opaque && (title_at(next) || has_known_label(next))) break;
        if (!block && !grows && shape != Shape::prose && line(next - 1).size() < wrapped_width) break;
      }
      append(value, next);
    }
    at_ = std::max(next, at_);
    return value;
  }

  /// The block that begins in the line at at_, which moves behind it.
  std::string armour() {
    constexpr std::size_t most_lines = 200;  // a chain of certificates has less
    std::string value(line(at_).substr(line(at_).find("-----BEGIN ")));
    for (std::size_t left = most_lines; ++at_ < lines_.size() && left > 0; --left) {
      append(value, at_);
      const bool ends = ends_armour(line(at_));
      if (ends && !(at_ + 1 < lines_.size() && begins_armour(line(at_ + 1)))) return ++at_, value;
    }
    return value;
  }

  /// A label that is itself a list's entry: the next entry is not its value.
  bool label_is_bulleted(std::size_t indent, std::size_t at) const {
    return bullet_length(bare(line(at))) > 0 && indentation(line(at)) == indent;
  }

  const std::vector<TextLine>& lines_;
  std::size_t at_ = 0;
  std::string_view section_;
  std::size_t depth_ = 0;
  LabelledText found_;
};

}  // namespace

LabelledText labelled_text(const std::vector<TextLine>& lines) { return Scanner(lines).read(); }

}  // namespace oin
