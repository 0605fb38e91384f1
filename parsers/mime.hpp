/// mime.hpp: the parts of a message (RFC 2045, RFC 2046), found in one pass and handed over as mimetic's
/// tree.
///
/// Nothing recurses and every limit of MailLimits holds, so no message costs more than time in proportion to
/// its length.  A boundary counts at the beginning of a line and as a whole; that of an enclosing multipart
/// also ends the parts within.  message/* parts are leaves: what they hold is somebody else's message. Every
/// byte of the input lies in exactly one extent; the tests add them up.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/defect.hpp"
#include "parsers/mail.hpp"
#include "parsers/mimetic.hpp"

namespace oin {

struct Extent {
  enum class Kind { header, separator, delimiter, preamble, epilogue, body, unread } kind = Kind::body;
  std::size_t begin = 0, end = 0;
};

struct Message {
  std::unique_ptr<mimetic::MimeEntity> root;  ///< bodies are as they came: not decoded
  std::vector<Extent> extents;                ///< in order, without gap or overlap
  std::vector<Defect> defects;
  /// Parts that are kept as they stand because a limit was reached.
  std::vector<const mimetic::MimeEntity*> unopened;
};

Message read_message(std::string_view bytes, const MailLimits& limits = {});

/// The value of the first field of that name, or nothing.
std::optional<std::string> field_value(const mimetic::MimeEntity& entity, std::string_view name);

}  // namespace oin
