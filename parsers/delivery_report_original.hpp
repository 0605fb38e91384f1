/// delivery_report_original.hpp: the message that a report is about, as far as it came back.
///
/// It comes back as a part (message/rfc822, text/rfc822-headers and what gateways make of them), or below
/// the report's own words, behind a line that says so or with its header alone.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "parsers/address.hpp"
#include "parsers/text_lines.hpp"

namespace oin {

struct Mail;

/// The index of the line behind the last of the report's own words; lines.size() when nothing came back.
std::size_t end_of_report(std::span<const TextLine> lines);

struct OriginalMessage {
  std::string message_id;   ///< without angle brackets; may be empty
  std::vector<Address> to;  ///< may be empty
};

/// `report` are the lines of the report's own words, `returned` those of what came back below them.
OriginalMessage original_message(const Mail& mail, std::span<const TextLine> report,
                                 std::span<const TextLine> returned);

}  // namespace oin
