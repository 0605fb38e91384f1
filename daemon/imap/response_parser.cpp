#include "daemon/imap/response_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace oin::imap {
namespace {

/// The number of a literal announced at the end of the line: "{n}", "{n+}", "~{n}".
std::optional<std::uint64_t> announced_literal(std::string_view line) {
  if (!line.ends_with('}')) return std::nullopt;
  const auto open = line.rfind('{');
  if (open == std::string_view::npos) return std::nullopt;
  std::string_view digits = line.substr(open + 1, line.size() - open - 2);
  if (digits.ends_with('+')) digits.remove_suffix(1);
  std::uint64_t size = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  if (failed == std::errc::result_out_of_range) return UINT64_MAX;
  if (failed != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return size;
}

/// Free text for a person may end in "{5}" and announces nothing by it.
bool is_free_text(std::string_view response) {
  if (!response.starts_with("* ")) return true;  // tagged, or a continuation
  const std::string_view rest = response.substr(2);
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{"OK ", "NO ", "BAD ", "BYE ", "PREAUTH "},
      [&](std::string_view word) {
        return rest.size() >= word.size() &&
               std::ranges::equal(rest.substr(0, word.size()), word, [](char a, char b) {
                 return (a >= 'a' && a <= 'z' ? static_cast<char>(a - 32) : a) == b;
               });
      });
}

}  // namespace

Error ResponseParser::give_up(std::string why) {
  text_.clear();
  literals_.clear();
  literal_left_ = 0;
  broken_ = transient("the IMAP server " + std::move(why));
  return *broken_;
}

/// True once the present line has its line end.
Result<bool> ResponseParser::take_line(std::string_view& bytes) {
  const auto end = bytes.find('\n');
  const std::string_view taken = bytes.substr(0, end == std::string_view::npos ? bytes.size() : end + 1);
  if (text_.size() + taken.size() > limits_.text)
    return give_up(fmt::format("sent a line of more than {} bytes", limits_.text));
  text_.append(taken);
  bytes.remove_prefix(taken.size());
  return end != std::string_view::npos;
}

Result<void> ResponseParser::begin_literal() {
  // text_ ends in "{n}" CRLF here.
  const std::string_view line = std::string_view(text_).substr(line_start_, text_.size() - line_start_ - 2);
  const std::uint64_t size = *announced_literal(line);
  if (size > limits_.literals || literal_bytes_ + size > limits_.literals)
    return give_up(fmt::format("sent a literal of {} bytes, the limit is {}", size, limits_.literals));
  literal_left_ = static_cast<std::size_t>(size);
  literal_bytes_ += literal_left_;
  literals_.emplace_back().reserve(literal_left_);
  line_start_ = text_.size();
  return success();
}

Result<std::optional<Response>> ResponseParser::next(std::string_view& bytes) {
  if (broken_) return *broken_;
  while (!bytes.empty()) {
    if (literal_left_ > 0) {
      const std::string_view taken = bytes.substr(0, literal_left_);
      literals_.back().append(taken);
      literal_left_ -= taken.size();
      bytes.remove_prefix(taken.size());
      continue;
    }
    OIN_TRY(const bool complete, take_line(bytes));
    if (!complete) break;
    std::string_view line = std::string_view(text_).substr(line_start_);
    line.remove_suffix(1);
    const bool crlf = line.ends_with('\r');
    if (crlf) line.remove_suffix(1);
    if (crlf && !is_free_text(text_) && announced_literal(line)) {
      OIN_TRYV(begin_literal());
      continue;
    }
    text_.resize(text_.size() - (crlf ? 2 : 1));
    auto response = parse_response(text_, std::move(literals_), limits_.nesting);
    text_.clear();
    literals_.clear();
    line_start_ = literal_bytes_ = 0;
    if (!response) return give_up(std::move(response).error().what);
    return std::optional<Response>(std::move(response).value());
  }
  return std::optional<Response>();
}

}  // namespace oin::imap
