/// message.hpp: a rendered letter as an RFC 5322 message, ready for the wire.
///
/// multipart/alternative (text and HTML, quoted-printable or 7bit), in a multipart/mixed where files go
/// along, CRLF line ends, no line over 998 octets, RFC 2047 in header fields.  CR, LF and NUL in any value
/// are refused by being replaced with blanks, so no value can add a header field.  Pure: Message-ID, date and
/// boundary come from the caller.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "parsers/address.hpp"
#include "parsers/base/instant.hpp"
#include "templates/render.hpp"

namespace oin {

struct MessageHeader {
  Address from;
  std::vector<Address> to;
  std::string reply_to;     ///< addr-spec
  std::string message_id;   ///< without angle brackets
  std::string in_reply_to;  ///< without angle brackets; empty: none
  std::vector<std::string> references;
  std::string thread_topic, thread_index;  ///< Outlook's (thread_index.hpp); empty: none
  Instant date;
  std::string
      auto_submitted;  ///< "auto-replied", "auto-generated" (RFC 3834 5) or empty for a person's words
  std::vector<std::pair<std::string, std::string>> more;  ///< further fields, e.g. X-Auto-Response-Suppress
};

/// A text that goes along as a file.
struct AttachedText {
  std::string filename, media_type, content;  ///< content: UTF-8, "\n" line ends
};

std::string compose(const MessageHeader& header, const Words& words,
                    std::span<const AttachedText> attachments = {});

}  // namespace oin
