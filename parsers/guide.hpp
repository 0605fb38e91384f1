/// guide.hpp: a configuration guide as text, with what a review asks of its form: headings, steps, pictures.
///
/// The format is told by content.  DOCX (ISO 29500), HTML, Markdown and plain text are read here, without
/// network and within limits.  Of a PDF only the format is
/// said: its text comes from a program of its own (daemon/guide_text.hpp) and goes through guide_from_text().
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace oin {

struct GuideLimits {
  std::size_t bytes = 20'000'000;           ///< of the attachment
  std::size_t archive_entries = 5'000;      ///< of a DOCX
  std::size_t unpacked_bytes = 20'000'000;  ///< of one entry of it
  std::size_t unpacked_ratio = 200;         ///< of an entry's size to its packed size
  std::size_t text_bytes = 4'000'000;
};

enum class GuideFormat { pdf, docx, html, plain, other };

enum class GuideDefect {
  unreadable,  ///< its format's own rules are broken
  too_large,   ///< a limit was met: there is less text than there should be
};

struct Guide {
  GuideFormat format = GuideFormat::other;
  std::string text;                   ///< UTF-8, "\n" line ends; list entries begin with "- " or "1. "
  std::vector<std::string> headings;  ///< of plain text and PDF: each line that may be one
  std::size_t words = 0;
  int ordered_items = 0;         ///< numbered entries
  int pictures = 0;              ///< not known of a PDF
  bool tracked_changes = false;  ///< of a DOCX: insertions or deletions that nobody has accepted
  bool comments = false;
  std::vector<GuideDefect> defects;
};

/// Plain text covers Markdown; other is an archive, a picture, a film, a program.
GuideFormat guide_format(std::string_view bytes);

Guide guide(std::string_view bytes, const GuideLimits& limits = {});

/// The same facts of a text that another program has taken out.
Guide guide_from_text(std::string text, GuideFormat format, const GuideLimits& limits = {});

/// Reads the parts of a DOCX into `into`: its text, headings, items and pictures.
void read_docx(std::string_view bytes, const GuideLimits& limits, Guide& into);

}  // namespace oin
