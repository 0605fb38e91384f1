/// header_section.hpp: the fields at the front of a message or a part (RFC 5322 2.2, RFC 2045 3).
///
/// Reads what people's gateways leave there: a byte order mark, blank lines or an mbox "From " line in front,
/// lines that are no field in between, folds that lost their blank, a section that ends with the message or
/// with its own multipart's delimiter.  A line that is no field ends the section only when no field follows
/// it before the next blank line.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/message_lines.hpp"

namespace oin {

/// One field with its continuation lines and its last line end.
struct FieldExtent {
  std::size_t begin = 0, colon = 0, end = 0;
};

struct HeaderSection {
  std::vector<FieldExtent> fields;
  std::size_t end = 0;   ///< behind the last field: where the separator begins
  std::size_t body = 0;  ///< behind the separator, which is empty when there is none
  bool mbox_line = false, junk_lines = false, cut = false, too_large = false, too_many = false;
};

struct HeaderLimits {
  std::size_t bytes, fields;
};

/// Is this line where the section must end, whatever it looks like?  (A delimiter of an enclosing multipart.)
using EndsHere = std::function<bool(const Line&)>;

/// Of a whole message: `bytes` from their beginning.
HeaderSection message_header(std::string_view bytes, MessageLines& lines, const HeaderLimits& limits);

/// Of a part that begins at `begin`.
HeaderSection part_header(std::string_view bytes, std::size_t begin, MessageLines& lines,
                          const HeaderLimits& limits, const EndsHere& ends_here);

/// The field's body without folds, NULs and the blanks around it.
std::string unfolded(std::string_view raw);

}  // namespace oin
