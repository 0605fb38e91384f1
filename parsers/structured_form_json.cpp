#include <cstddef>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "parsers/ascii.hpp"
#include "parsers/structured_form_tree.hpp"

namespace oin {
namespace {

using nlohmann::json;

/// Reads the text and counts its lines, which the library does not tell.
struct CountingIterator {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  const char* at;
  int* line;

  reference operator*() const { return *at; }
  CountingIterator& operator++() {
    if (*at++ == '\n') ++*line;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at == other.at; }
};

class Reader : public nlohmann::json_sax<json> {
 public:
  explicit Reader(const int& line) : line_(line) {}

  bool null() override { return tree_.text("", line_); }
  bool boolean(bool value) override { return tree_.text(value ? "true" : "false", line_); }
  bool number_integer(number_integer_t value) override { return tree_.text(std::to_string(value), line_); }
  bool number_unsigned(number_unsigned_t value) override { return tree_.text(std::to_string(value), line_); }
  bool number_float(number_float_t, const string_t& written) override { return tree_.text(written, line_); }
  bool string(string_t& value) override { return tree_.text(value, line_); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return tree_.begin(FormNode::Kind::map, line_); }
  bool key(string_t& value) override { return tree_.key(value, line_); }
  bool end_object() override { return tree_.end(); }
  bool start_array(std::size_t) override { return tree_.begin(FormNode::Kind::list, line_); }
  bool end_array() override { return tree_.end(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

  std::optional<FormNode> take() && { return std::move(tree_).take(); }

 private:
  const int& line_;
  FormTree tree_;
};

/// People leave a comma behind the last entry of an object or list.
std::string without_last_commas(std::string_view utf8) {
  std::string text(utf8);
  std::size_t comma = std::string::npos;  // the last one, with nothing but white space behind it
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted && c == '\\') {
      ++at;
    } else if (c == '"') {
      quoted = !quoted;
      comma = std::string::npos;
    } else if (!quoted && !is_space(c)) {
      if ((c == '}' || c == ']') && comma != std::string::npos) text[comma] = ' ';
      comma = c == ',' ? at : std::string::npos;
    }
  }
  return text;
}

}  // namespace

std::optional<FormNode> json_tree(std::string_view utf8) {
  if (utf8.size() > form_limits.bytes) return std::nullopt;
  int line = 1;
  Reader reader(line);
  const std::string text = without_last_commas(utf8);
  const CountingIterator begin{text.data(), &line}, end{text.data() + text.size(), &line};
  constexpr bool strict = true, comments = true;
  if (!json::sax_parse(begin, end, &reader, json::input_format_t::json, strict, comments))
    return std::nullopt;
  return std::move(reader).take();
}

}  // namespace oin
