/// message_lines.hpp: where the lines of a message begin and end.
///
/// LF, CRLF, CRCRLF and a CR alone each end one line, as mail gateways have made them.  Reading a message
/// from front to back costs time in proportion to its length, whatever mixture of them it holds.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace oin {

struct Line {
  std::size_t begin = 0, end = 0;  ///< its text
  std::size_t next = 0;            ///< behind its line end
};

class MessageLines {
 public:
  explicit MessageLines(std::string_view bytes) : bytes_(bytes) {}

  /// The line that begins at `begin`, which must lie within the bytes or at their end.
  Line at(std::size_t begin) {
    if (begin < known_from_ || begin > line_feed_) {
      known_from_ = begin;
      line_feed_ = bytes_.find('\n', begin);
      if (line_feed_ == std::string_view::npos) line_feed_ = bytes_.size();
    }
    // Looked for no farther than the LF, so that no byte is looked at for two lines.
    const std::size_t cr = bytes_.substr(begin, line_feed_ - begin).find('\r');
    if (cr == std::string_view::npos) return {begin, line_feed_, std::min(line_feed_ + 1, bytes_.size())};
    const std::size_t end = begin + cr;
    std::size_t next = end + 1;
    if (next < bytes_.size() && bytes_[next] == '\n')
      ++next;
    else if (next + 1 < bytes_.size() && bytes_[next] == '\r' && bytes_[next + 1] == '\n')
      next += 2;
    return {begin, end, next};
  }

  std::string_view text(const Line& line) const { return bytes_.substr(line.begin, line.end - line.begin); }

  /// Where the line end before `begin` starts, not before `floor`: the part of a delimiter line that stands
  /// on the line above it (RFC 2046 5.1.1).
  std::size_t line_end_before(std::size_t begin, std::size_t floor) const {
    std::size_t at = begin;
    if (at > floor && bytes_[at - 1] == '\n') {
      --at;
      if (at > floor && bytes_[at - 1] == '\r') --at;
      if (at > floor && bytes_[at - 1] == '\r' && at + 1 < begin) --at;
    } else if (at > floor && bytes_[at - 1] == '\r') {
      --at;
    }
    return at;
  }

 private:
  std::string_view bytes_;
  std::size_t known_from_ = 1, line_feed_ = 0;  // no LF stands in [known_from_, line_feed_)
};

}  // namespace oin
