#include "parsers/encoded_word.hpp"

#include <algorithm>

#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/transfer_encoding.hpp"

namespace oin {
namespace {

struct Word {
  std::string_view charset, text;
  char encoding = 'q';
  std::size_t length = 0;  // of all of it; 0: none stands here
};

bool is_charset_character(char c) {
  return is_alpha(c) || is_digit(c) || std::string_view("-_.:+*").find(c) != std::string_view::npos;
}

/// Where the "?=" stands that ends a word's text, or npos.  Where another word begins before it, this one is
/// none: "=?" stands in no encoded text, while a lone "?" often does.
std::size_t word_end(std::string_view in, std::size_t begin) {
  for (std::size_t at = begin; (at = in.find('?', at)) != std::string_view::npos; ++at) {
    if (at + 1 < in.size() && in[at + 1] == '=') return at;
    if (at > begin && in[at - 1] == '=') break;
  }
  return std::string_view::npos;
}

/// Reads "=?charset*language?encoding?text?=" at the front of `in`.
Word word_at(std::string_view in) {
  if (!in.starts_with("=?")) return {};
  constexpr std::size_t longest_charset = 80;
  const std::size_t mark = in.substr(0, longest_charset).find('?', 2);
  if (mark == std::string_view::npos || mark == 2 || mark + 2 >= in.size() || in[mark + 2] != '?') return {};
  Word word;
  word.encoding = lower(in[mark + 1]);
  if (word.encoding != 'q' && word.encoding != 'b') return {};
  word.charset = in.substr(2, mark - 2);
  if (!std::ranges::all_of(word.charset, is_charset_character)) return {};
  word.charset = word.charset.substr(0, word.charset.find('*'));
  const std::size_t begin = mark + 3;
  const std::size_t end = word_end(in, begin);
  if (end == std::string_view::npos) return {};
  word.text = in.substr(begin, end - begin);
  word.length = end + 2;
  return word;
}

/// Neighbouring words of one charset, not yet read in it.
class Run {
 public:
  bool empty() const { return !open_; }
  bool takes(const Word& word) const { return open_ && same_word(word.charset, charset_); }

  void add(const Word& word, std::string bytes) {
    open_ = true;
    charset_ = word.charset;
    bytes_ += bytes;
  }

  void flush(std::string& out) {
    if (open_) out += to_utf8(bytes_, charset_).utf8;
    bytes_.clear();
    open_ = false;
  }

 private:
  std::string_view charset_;
  std::string bytes_;
  bool open_ = false;
};

/// Bytes that were never written as text: invalid in the UTF-8 they claim to be, and with control characters.
bool is_no_text(std::string_view bytes, std::string_view charset) {
  const auto is_control = [](char c) { return c >= 0 && c < ' ' && !is_space(c); };
  return same_word(charset, "utf-8") && std::ranges::any_of(bytes, is_control) && !is_utf8(bytes);
}

void make_one_line(std::string& text) {
  std::erase(text, '\0');
  for (char& c : text)
    if ((c >= 0 && c < ' ') || c == 0x7F) c = ' ';
}

}  // namespace

std::size_t encoded_word_length(std::string_view text) { return word_at(text).length; }

HeaderText header_text(std::string_view body) {
  HeaderText out;
  const std::size_t last_end = body.rfind("?=");  // behind it no word can end, so none is looked for
  Run run;
  std::size_t at = 0;
  while (at < body.size()) {
    std::size_t next = body.find("=?", at);
    if (next == std::string_view::npos || last_end == std::string_view::npos || next > last_end)
      next = body.size();
    const Word word = word_at(body.substr(next));
    if (next < body.size() && word.length == 0) next += 2;  // no word: plain text goes on
    const std::string_view plain = body.substr(at, next - at);
    if (run.empty() || !stripped(plain).empty() || word.length == 0) {
      run.flush(out.text);
      out.text += plain;
    }
    at = next;
    if (word.length == 0) continue;
    Decoded decoded = word.encoding == 'b' ? decode_base64(word.text) : decode_q(word.text);
    if ((decoded.bytes.empty() && decoded.damaged) || is_no_text(decoded.bytes, word.charset)) {
      run.flush(out.text);
      out.text += body.substr(at, word.length);
      out.damaged = true;
    } else {
      if (!run.takes(word)) run.flush(out.text);
      run.add(word, std::move(decoded.bytes));
    }
    at += word.length;
  }
  run.flush(out.text);
  make_one_line(out.text);
  return out;
}

}  // namespace oin
