#include "daemon/smtp/reply_parser.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oin::smtp {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "5.1.1 " at the front: class "." subject "." detail (RFC 2034 4), taken off with the spaces behind it.
std::string take_enhanced_status(std::string_view& text) {
  std::size_t at = 0;
  for (int part = 0; part < 3; ++part) {
    if (part > 0 && (at >= text.size() || text[at++] != '.')) return {};
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == begin || at - begin > 3) return {};
  }
  if (text[1] != '.' || (text[0] != '2' && text[0] != '4' && text[0] != '5')) return {};
  if (at < text.size() && text[at] != ' ') return {};
  std::string status(text.substr(0, at));
  while (at < text.size() && text[at] == ' ') ++at;
  text.remove_prefix(at);
  return status;
}

}  // namespace

std::string Reply::text() const { return fmt::format("{}", fmt::join(lines, " ")); }

std::string Reply::whole() const {
  return fmt::format("{}{}{} {}", code, enhanced_status.empty() ? "" : " ", enhanced_status, text());
}

Error ReplyParser::give_up(std::string why) {
  broken_ = oin::transient("the SMTP server " + std::move(why));
  return *broken_;
}

/// True once line_ was the reply's last.
Result<bool> ReplyParser::take_line() {
  std::string_view line = line_;
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  const bool has_code =
      line.size() >= 3 && line[0] >= '2' && line[0] <= '5' && is_digit(line[1]) && is_digit(line[2]);
  const char separator = line.size() > 3 ? line[3] : ' ';
  if (!has_code || (separator != ' ' && separator != '-'))
    return give_up(fmt::format("sent what is no reply: \"{}\"", line.substr(0, 200)));
  const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  if (!reply_.lines.empty() && code != reply_.code)
    return give_up(fmt::format("changed its code from {} to {} within one reply", reply_.code, code));
  if (reply_.lines.size() >= limits_.lines)
    return give_up(fmt::format("sent a reply of more than {} lines", limits_.lines));
  reply_.code = code;
  line.remove_prefix(std::min<std::size_t>(line.size(), 4));
  if (std::string status = take_enhanced_status(line); reply_.lines.empty())
    reply_.enhanced_status = std::move(status);
  reply_.lines.emplace_back(line);
  return separator == ' ';
}

Result<std::optional<Reply>> ReplyParser::next(std::string_view& bytes) {
  if (broken_) return *broken_;
  while (!bytes.empty()) {
    const auto end = bytes.find('\n');
    const std::string_view taken = bytes.substr(0, end == std::string_view::npos ? bytes.size() : end + 1);
    if (line_.size() + taken.size() > limits_.line)
      return give_up(fmt::format("sent a line of more than {} bytes", limits_.line));
    line_.append(taken);
    bytes.remove_prefix(taken.size());
    if (end == std::string_view::npos) break;
    OIN_TRY(const bool last, take_line());
    line_.clear();
    if (last) return std::optional<Reply>(std::exchange(reply_, Reply{}));
  }
  return std::optional<Reply>();
}

}  // namespace oin::smtp
