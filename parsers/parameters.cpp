#include "parsers/parameters.hpp"

#include <algorithm>
#include <map>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/encoded_word.hpp"

namespace oin {
namespace {

/// Reads a field body from front to back.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return text_[at_]; }
  void skip() { ++at_; }

  void skip_blanks_and_comments() {
    while (!at_end()) {
      if (is_space(peek()))
        skip();
      else if (peek() == '(' && !open_comment_)
        skip_comment();
      else
        break;
    }
  }

  /// Up to one of `ends`, without comments and white space.
  std::string word(std::string_view ends) {
    std::string out;
    for (skip_blanks_and_comments(); !at_end() && ends.find(peek()) == std::string_view::npos;
         skip_blanks_and_comments()) {
      out.push_back(peek());
      skip();
    }
    return out;
  }

  std::string value(bool is_name) {
    skip_blanks_and_comments();
    if (!at_end() && peek() == '"') return quoted();
    // Unquoted: to the semicolon, blanks included, unless the next parameter begins without one.
    const std::size_t begin = at_;
    std::size_t end = begin;
    while (!at_end() && peek() != ';') {
      if (is_space(peek()) && begins_parameter(at_)) break;
      if (!is_name && peek() == '(' && at_ > begin && is_space(text_[at_ - 1])) break;
      skip();
      end = at_;
    }
    return std::string(stripped(text_.substr(begin, end - begin)));
  }

  void skip_to_next_parameter() {
    skip_blanks_and_comments();
    if (!at_end() && (peek() == ';' || peek() == ',')) skip();
  }

 private:
  std::string quoted() {
    std::string out;
    skip();
    while (!at_end() && peek() != '"') {
      // A quoted pair; but "C:\path" is a path, because no program escapes a letter.
      if (peek() == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\'))
        skip();
      out.push_back(peek());
      skip();
    }
    if (!at_end()) skip();
    return out;
  }

  void skip_comment() {
    std::size_t depth = 0;
    for (std::size_t i = at_; i < text_.size(); ++i) {
      if (text_[i] == '\\')
        ++i;
      else if (text_[i] == '(')
        ++depth;
      else if (text_[i] == ')' && --depth == 0) {
        at_ = i + 1;
        return;
      }
    }
    open_comment_ = true;  // never closed: an ordinary character
  }

  bool begins_parameter(std::size_t at) const {
    while (at < text_.size() && is_space(text_[at])) ++at;
    constexpr std::size_t longest = 40;
    const std::size_t limit = std::min(text_.size(), at + longest);
    const std::size_t begin = at;
    while (at < limit && (is_alpha(text_[at]) || is_digit(text_[at]) || text_[at] == '-' || text_[at] == '*'))
      ++at;
    return at > begin && at < limit && text_[at] == '=';
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool open_comment_ = false;
};

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low >= 0) {
      out.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

/// The segments of one RFC 2231 parameter: "name*0*", "name*1", or "name*" alone.
struct Segments {
  std::map<int, std::pair<std::string, bool>> parts;  // by number; is it percent-encoded?
};

std::string joined(const Segments& segments) {
  std::string bytes, charset;
  for (const auto& [number, part] : segments.parts) {
    std::string_view value = part.first;
    if (number == segments.parts.begin()->first && part.second) {  // charset'language'text
      const std::size_t first = value.find('\''),
                        second = value.find('\'', first == value.npos ? first : first + 1);
      if (second != std::string_view::npos) {
        charset = value.substr(0, first);
        value.remove_prefix(second + 1);
      }
    }
    bytes += part.second ? percent_decoded(value) : std::string(value);
  }
  std::string text = to_utf8(bytes, charset).utf8;
  return text.find("=?") == std::string::npos ? text : header_text(text).text;
}

/// Of a parameter that is not RFC 2231's: encoded words (which RFC 2047 forbids here) and raw bytes are read
/// too.
std::string plain_value(std::string value) {
  if (!is_utf8(value)) value = to_utf8(value, "").utf8;
  return value.find("=?") == std::string::npos ? value : header_text(value).text;
}

/// The number in "*12", or -1.
int segment_number(std::string_view text) {
  if (text.empty() || text.size() > 3) return -1;
  int value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<std::string_view> Parameterized::parameter(std::string_view name) const {
  for (const auto& [key, text] : parameters)
    if (key == name) return text;
  return std::nullopt;
}

Parameterized parameterized(std::string_view field_body) {
  Parameterized out;
  Reader reader(field_body);
  out.value = lower(reader.word(";"));
  std::map<std::string, Segments> extended;
  constexpr std::size_t most = 500;
  for (std::size_t count = 0; !reader.at_end() && count < most; ++count) {
    reader.skip_to_next_parameter();
    std::string name = lower(reader.word(";="));
    if (reader.at_end() || reader.peek() == ';') continue;  // "; flag" says nothing
    reader.skip();
    const std::size_t star = name.find('*');
    std::string value = reader.value(name.starts_with("name") || name.starts_with("filename"));
    if (star == std::string::npos) {
      if (!out.parameter(name)) out.parameters.emplace_back(std::move(name), plain_value(std::move(value)));
      continue;
    }
    std::string_view tail = std::string_view(name).substr(star + 1);
    const bool encoded = tail.empty() || tail.ends_with('*');
    if (tail.ends_with('*')) tail.remove_suffix(1);
    const int number = tail.empty() ? 0 : segment_number(tail);
    if (number >= 0) extended[name.substr(0, star)].parts.try_emplace(number, std::move(value), encoded);
  }
  out.cut = !reader.at_end();
  for (const auto& [name, segments] :
       extended) {  // RFC 2231 4.1: the extended form is meant where both stand
    std::erase_if(out.parameters, [&name = name](const auto& plain) { return plain.first == name; });
    out.parameters.emplace_back(name, joined(segments));
  }
  return out;
}

std::string safe_filename(std::string_view name) {
  if (const std::size_t path = name.find_last_of("/\\"); path != std::string_view::npos)
    name.remove_prefix(path + 1);
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto at = [&](std::size_t k) {
      return i + k < name.size() ? static_cast<unsigned char>(name[i + k]) : 0U;
    };
    if (at(0) < 0x20 || at(0) == 0x7F) continue;
    // U+200E/F, U+202A to E and U+2066 to 9 turn "gpj.exe" around.
    if (at(0) == 0xE2 && at(1) == 0x80 &&
        (at(2) == 0x8E || at(2) == 0x8F || (at(2) >= 0xAA && at(2) <= 0xAE))) {
      i += 2;
      continue;
    }
    if (at(0) == 0xE2 && at(1) == 0x81 && at(2) >= 0xA6 && at(2) <= 0xA9) {
      i += 2;
      continue;
    }
    out.push_back(name[i]);
  }
  constexpr std::size_t longest = 255;
  return std::string(stripped(utf8_prefix(out, longest)));
}

}  // namespace oin
