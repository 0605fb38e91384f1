#include "daemon/guide_text.hpp"

#include <utility>

#include "parsers/charset.hpp"

namespace oin {

Guide guide_text(std::string_view bytes, const PdfReader& reader) {
  if (guide_format(bytes) != GuideFormat::pdf || bytes.size() > reader.guide.bytes)
    return guide(bytes, reader.guide);
  ChildEnd end = run_on_file(reader.program, {"-q", "-enc", "UTF-8", "-nopgbrk", "guide.pdf", "-"},
                             "guide.pdf", bytes, reader.limits);
  Guide found = guide_from_text(scrubbed(end.output), GuideFormat::pdf, reader.guide);
  if (end.how == ChildEnd::How::said_too_much)
    found.defects.push_back(GuideDefect::too_large);
  else if (end.how != ChildEnd::How::exited || end.status != 0)
    found.defects.push_back(GuideDefect::unreadable);
  return found;
}

}  // namespace oin
