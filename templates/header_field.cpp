#include "templates/header_field.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>

#include "parsers/domain_name.hpp"
#include "templates/plain_value.hpp"
#include "templates/quoted_printable.hpp"

namespace oin {
namespace {

constexpr std::size_t line_limit = 78;          // RFC 5322 2.1.1
constexpr std::size_t encoded_word_limit = 75;  // RFC 2047 2
constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool is_printable(char c) { return c > 0x20 && c < 0x7f; }

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  bool inside = false;
  for (const char c : plain_value(text)) {
    const bool blank = c == ' ' || c == '\n' || c == '\t';
    if (!blank && !inside) out.emplace_back();
    if (!blank) out.back() += c;
    inside = !blank;
  }
  return out;
}

/// A word that would be read as an encoded word is encoded too: it must arrive as it was written.
bool needs_encoding(std::string_view word) {
  return word.size() > encoded_word_limit || word.find("=?") != std::string_view::npos ||
         !std::ranges::all_of(word, is_printable);
}

/// The Q encoding with only those characters plain that may stand in a phrase (RFC 2047 5 (3)).
std::string q_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ')
      out += '_';
    else if ((static_cast<unsigned char>(c) < 0x80 && std::isalnum(static_cast<unsigned char>(c)) != 0) ||
             c == '-')
      out += c;
    else
      append_encoded_octet(out, c);
  }
  return out;
}

/// `text` as encoded words, each within its limit and of whole characters.  The shorter encoding is taken, so
/// that "Zoë" stays readable and "東京" stays short.
std::vector<std::string> encoded_words(std::string_view text) {
  const bool q = q_encoded(text).size() <= (text.size() + 2) / 3 * 4 + 8;
  constexpr std::size_t room = encoded_word_limit - 12;  // =?utf-8?q? and ?=
  std::vector<std::string> out;
  while (!text.empty()) {
    std::size_t take = 0;
    for (std::size_t encoded = 0; take < text.size();) {
      const std::size_t length = std::max<std::size_t>(utf8_length(text.substr(take)), 1);
      encoded = q ? encoded + q_encoded(text.substr(take, length)).size() : (take + length + 2) / 3 * 4;
      if (take > 0 && encoded > room) break;
      take += length;
    }
    const std::string_view part = text.substr(0, take);
    out.push_back(fmt::format("=?utf-8?{}?{}?=", q ? 'q' : 'b', q ? q_encoded(part) : base64(part)));
    text.remove_prefix(take);
  }
  return out;
}

/// ASCII words as they are; from the first to the last that is not, encoded words: blanks between two encoded
/// words are not shown (RFC 2047 6.2), so the blanks between must be inside.
std::vector<std::string> as_ascii(const std::vector<std::string>& words) {
  const auto first = std::ranges::find_if(words, needs_encoding);
  if (first == words.end()) return words;
  auto last = words.end();
  while (!needs_encoding(*(last - 1))) --last;
  std::vector<std::string> out(words.begin(), first);
  std::string middle;
  for (auto word = first; word != last; ++word) middle += (word == first ? "" : " ") + *word;
  std::ranges::move(encoded_words(middle), std::back_inserter(out));
  out.insert(out.end(), last, words.end());
  return out;
}

/// Words joined by blanks, a new line where the next one would pass the limit.
std::string folded(std::string_view name, const std::vector<std::string>& words) {
  std::string out = std::string(name) + ':';
  std::size_t column = out.size();
  for (const std::string& word : words) {
    if (column + 1 + word.size() > line_limit && column > name.size() + 1) {
      out += "\r\n";
      column = 0;
    }
    out += ' ' + word;
    column += 1 + word.size();
  }
  return out + "\r\n";
}

bool is_atom(std::string_view word) {
  return std::ranges::all_of(word, [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("!#$%&'*+-/=?^_`{|}~").find(static_cast<char>(c)) != std::string_view::npos;
  });
}

/// A display name as RFC 5322 3.2.5's phrase, in words that may be folded apart.
std::vector<std::string> phrase(std::string_view display_name) {
  std::vector<std::string> words = words_of(display_name);
  const bool encode = std::ranges::any_of(words, needs_encoding);
  if (!encode && std::ranges::all_of(words, is_atom)) return words;
  const std::string text = fmt::format("{}", fmt::join(words, " "));
  if (encode || text.size() > encoded_word_limit - 2) return encoded_words(text);
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
  return {quoted + '"'};
}

/// Without what cannot stand in an address that is not SMTPUTF8's; "?" keeps its place visible.
std::string ascii_addr_spec(std::string_view text) {
  std::string out;
  for (const char c : wire_address(text))
    if (c != '<' && c != '>' && c != ',' && c != ' ') out += is_printable(c) ? c : '?';
  return out;
}

}  // namespace

std::string base64(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    for (std::size_t j = 0; j < 3; ++j)
      group = group << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0u);
    for (std::size_t j = 0; j < 4; ++j)
      out += i + j <= bytes.size() ? base64_digits[group >> (18 - 6 * j) & 63] : '=';
  }
  return out;
}

std::string unstructured_field(std::string_view name, std::string_view body) {
  return folded(name, as_ascii(words_of(body)));
}

std::string address_field(std::string_view name, const std::vector<Address>& addresses) {
  std::vector<std::string> words;
  for (const Address& address : addresses) {
    if (!words.empty()) words.back() += ',';
    std::string addr_spec = ascii_addr_spec(address.addr_spec);
    std::ranges::move(phrase(address.display_name), std::back_inserter(words));
    words.push_back(address.display_name.empty() ? std::move(addr_spec) : '<' + addr_spec + '>');
  }
  return folded(name, words);
}

std::string message_id_field(std::string_view name, const std::vector<std::string>& ids) {
  std::vector<std::string> words;
  for (const std::string& id : ids) {
    const bool fits = !id.empty() && id.size() <= 250 && std::ranges::all_of(id, is_printable) &&
                      id.find_first_of("<>") == std::string::npos;
    if (fits) words.push_back('<' + id + '>');
  }
  return words.empty() ? std::string() : folded(name, words);
}

std::string parameter(std::string_view name, std::string_view value) {
  const std::string text = plain_value(value);
  const bool quotable =
      text.size() <= 60 && text.find("=?") == std::string::npos &&
      std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; });
  if (quotable) return fmt::format("{}=\"{}\"", name, text);
  constexpr std::size_t segment_limit = 30;
  std::vector<std::string> segments{"utf-8''"};
  for (const char c : text) {
    const bool plain =
        (static_cast<unsigned char>(c) < 0x80 && std::isalnum(static_cast<unsigned char>(c)) != 0) ||
        c == '-' || c == '_' || c == '.';
    const std::string octet =
        plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    if (segments.back().size() + octet.size() > segment_limit) segments.emplace_back();
    segments.back() += octet;
  }
  std::string out;
  for (std::size_t i = 0; i < segments.size(); ++i)
    out += fmt::format("{}{}*{}*={}", i == 0 ? "" : ";\r\n ", name, i, segments[i]);
  return out;
}

}  // namespace oin
