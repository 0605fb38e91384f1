#include "parsers/text_files.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "parsers/ascii.hpp"
#include "parsers/transfer_encoding.hpp"

namespace oin {
namespace {

constexpr auto npos = std::string_view::npos;

struct Found {
  TextFile file;
  std::size_t begin = 0, end = 0;  // in the text
};

/// The line that begins at `at`; `at` moves behind it.
std::string_view take_line(std::string_view text, std::size_t& at) {
  const std::size_t end = std::min(text.find('\n', at), text.size());
  const std::string_view line = text.substr(at, end - at);
  at = std::min(end + 1, text.size());
  return line;
}

// ---- uuencode ----

/// "begin 644 name" or "begin-base64 644 name".
struct BeginLine {
  bool base64 = false;
  std::string_view filename;
};

std::optional<BeginLine> begin_line(std::string_view line) {
  BeginLine out;
  for (const std::string_view word : {"begin-base64 ", "begin "})
    if (line.starts_with(word)) {
      out.base64 = word.size() > 6;
      line.remove_prefix(word.size());
      std::size_t digits = 0;
      while (digits < line.size() && line[digits] >= '0' && line[digits] <= '7') ++digits;
      if (digits < 3 || digits > 4 || digits == line.size() || line[digits] != ' ') return std::nullopt;
      out.filename = stripped(line.substr(digits));
      if (out.filename.empty()) return std::nullopt;
      return out;
    }
  return std::nullopt;
}

/// A line of data: its count of bytes, then four characters for each three.  Blanks at its end may have been
/// lost, but for half of it; and one character of checksum may have been added.
bool add_uuencoded_line(std::string& out, std::string_view line) {
  const auto is_data = [](char c) { return c >= ' ' && c <= '`'; };
  if (!std::ranges::all_of(line, is_data)) return false;
  const std::size_t count = static_cast<std::size_t>(line.front() - ' ') & 63U;
  line.remove_prefix(1);
  const std::size_t needed = (count + 2) / 3 * 4;
  if (count == 0 || line.size() > needed + 1 || line.size() * 2 < needed) return false;
  const auto value = [&](std::size_t i) {
    return i < line.size() ? static_cast<std::uint32_t>(line[i] - ' ') & 63U : 0U;
  };
  const std::size_t end = out.size() + count;
  for (std::size_t i = 0; i < needed; i += 4) {
    const std::uint32_t group = value(i) << 18 | value(i + 1) << 12 | value(i + 2) << 6 | value(i + 3);
    for (const int shift : {16, 8, 0}) out.push_back(static_cast<char>(group >> shift));
  }
  out.resize(end);
  return true;
}

bool add_base64_line(std::string& out, std::string_view line) {
  const Decoded decoded = decode_base64(line);
  if (decoded.damaged || line.empty()) return false;
  out += decoded.bytes;
  return true;
}

/// The file whose "begin" line ends before `at`.
std::optional<Found> uuencoded_file(std::string_view text, std::size_t begin, std::size_t at,
                                    const BeginLine& first) {
  Found found{{TextFile::Kind::uuencode, std::string(first.filename), {}, true}, begin, at};
  const std::string_view last_line = first.base64 ? "====" : "end";
  bool no_more_data = false, any = false;
  while (at < text.size()) {
    const std::string_view line = take_line(text, at);
    if (line == last_line) {
      found.file.damaged = false;
      found.end = at;
      return found;
    }
    const bool zero = stripped(line).empty() || line == "`";
    if (no_more_data ||
        !(zero || (first.base64 ? add_base64_line : add_uuencoded_line)(found.file.content, line)))
      break;
    no_more_data = zero;
    if (zero) continue;
    found.end = at;
    any = true;
  }
  return any ? std::optional(std::move(found)) : std::nullopt;
}

// ---- BinHex ----

constexpr std::string_view binhex_mark = "(This file must be converted with BinHex";

constexpr auto binhex_values = [] {
  std::array<std::int8_t, 256> table{};
  table.fill(-1);
  constexpr std::string_view alphabet = "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr";
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    table[static_cast<std::uint8_t>(alphabet[i])] = static_cast<std::int8_t>(i);
  return table;
}();

/// The name at the front of the encoded bytes: its length, then its characters (RFC 1741 A).
std::string binhex_filename(std::string_view encoded) {
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  constexpr std::size_t longest = 64;
  for (const char c : encoded) {
    const int value = binhex_values[static_cast<std::uint8_t>(c)];
    if (value < 0) continue;  // a line end
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    if ((count += 6) < 8) continue;
    bytes.push_back(static_cast<char>(bits >> (count -= 8)));
    if (bytes.size() == longest) break;
  }
  const std::size_t length = bytes.empty() ? 0 : static_cast<std::uint8_t>(bytes.front());
  return length > 0 && length < bytes.size() ? bytes.substr(1, length) : std::string();
}

/// The block whose marking line ends before `at`: from one colon to the next.
std::optional<Found> binhex_file(std::string_view text, std::size_t begin, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  if (at == text.size() || text[at] != ':') return std::nullopt;
  const auto is_data = [](char c) { return c == '\n' || binhex_values[static_cast<std::uint8_t>(c)] >= 0; };
  std::size_t end = at + 1;
  while (end < text.size() && is_data(text[end])) ++end;
  const bool closed = end < text.size() && text[end] == ':';
  const std::string_view encoded = text.substr(at + 1, end - at - 1);
  if (closed) ++end;
  return Found{{TextFile::Kind::binhex, binhex_filename(encoded),
                std::string(text.substr(begin, end - begin)), !closed},
               begin,
               end};
}

std::optional<Found> file_at(std::string_view text, std::size_t begin) {
  std::size_t at = begin;
  const std::string_view line = take_line(text, at);
  if (const auto first = begin_line(line); first) return uuencoded_file(text, begin, at, *first);
  if (line.starts_with(binhex_mark)) return binhex_file(text, begin, at);
  return std::nullopt;
}

/// Where a line next begins that may begin a file.
std::size_t next_candidate(std::string_view text, std::size_t at) {
  for (; at < text.size(); ++at) {
    if ((text[at] == 'b' || text[at] == '(') && (at == 0 || text[at - 1] == '\n')) return at;
    at = text.find('\n', at);
    if (at == npos) return npos;
  }
  return npos;
}

}  // namespace

TextWithFiles without_files(std::string text, std::size_t most) {
  TextWithFiles out;
  std::string_view all = text;
  if (all.find("begin") == npos && all.find(binhex_mark) == npos) {  // nearly every mail
    out.text = std::move(text);
    return out;
  }
  std::size_t kept = 0;  // up to where the text has been taken over
  for (std::size_t at = 0; out.files.size() < most && (at = next_candidate(all, at)) != npos;) {
    std::optional<Found> found = file_at(all, at);
    if (!found) {
      ++at;
      continue;
    }
    out.text += all.substr(kept, found->begin - kept);
    kept = at = found->end;
    out.files.push_back(std::move(found->file));
  }
  out.text += all.substr(kept);
  return out;
}

}  // namespace oin
