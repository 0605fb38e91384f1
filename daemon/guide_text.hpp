/// guide_text.hpp: an attached configuration guide as text, whatever its format.
///
/// A PDF is read by `pdftotext` (poppler-utils) in a process of its own: it is nobody's library here, and a
/// file that crashes or floods it costs a guide, not the daemon.
#pragma once

#include <string>
#include <string_view>

#include "daemon/child_process.hpp"
#include "parsers/guide.hpp"

namespace oin {

struct PdfReader {
  std::string program = "/usr/bin/pdftotext";
  ChildLimits limits;
  GuideLimits guide{};
};

/// Blocks for as long as the reader's time limit.  A PDF that cannot be read has the defect `unreadable`; one
/// without a text layer has no words.
Guide guide_text(std::string_view bytes, const PdfReader& reader = {});

}  // namespace oin
