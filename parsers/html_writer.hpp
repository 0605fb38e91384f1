/// html_writer.hpp: puts words, breaks and quotes together to lines, as a browser does without its geometry.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace oin {

class HtmlWriter {
 public:
  void text(std::string_view words);          ///< white space collapses
  void preformatted(std::string_view words);  ///< and here it does not
  void literal(std::string_view words);       ///< as it stands, on the line in hand
  void append(std::string_view words);        ///< the same, right behind the last word
  void close(std::string_view mark);          ///< the same, and white space before it comes behind it
  void line_break();                          ///< ends the line, even an empty one
  void block();                               ///< begins a new line unless one has begun
  void gap();                                 ///< the same, with a blank line before what comes next
  void mark(std::string_view bullet, std::size_t indent);  ///< a list item's beginning
  /// A line across, above what comes next; of several in a row the longest, of those with nothing below none.
  void rule(std::string_view line);
  /// RFC 3676 4.3's "-- ", unless it stands there already.
  void signature();

  void quote();
  void unquote();

  /// Until end_inline(), blocks do not break the line: for the label in a table's first cell.
  void begin_inline() { ++inline_; }
  void end_inline() { --inline_; }
  /// Until unhang(), lines below the one in hand are indented: what a cell says beside its label.
  void hang() { hanging_ = 1; }
  void unhang() { hanging_ = 0; }
  /// What comes next stays on this line, block or not.
  void glue() { glued_ = true; }

  const std::string& line() const { return line_; }

  std::string finish() &&;

 private:
  void flush();
  void put(std::string_view line, std::size_t quotes);

  std::string out_, line_;
  std::string_view rule_;  // a literal of the caller's; empty: none is pending
  std::size_t rule_quotes_ = 0;
  bool after_signature_mark_ = false;  // the last line that is not blank was "--"
  std::size_t quotes_ = 0, inline_ = 0;
  bool blank_pending_ = false;  // white space came after the last word
  bool gap_pending_ = false;
  std::size_t gap_quotes_ = 0;  // a blank line between a quote and its answer belongs to neither
  bool last_blank_ = true;      // nothing yet, or a blank line at the end
  bool glued_ = false;
  int hanging_ = 0;  // 1: the line in hand is the first, 2: it hangs
};

}  // namespace oin
