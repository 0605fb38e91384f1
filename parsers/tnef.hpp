/// tnef.hpp: the files and the text in a winmail.dat (MS-OXTNEF; its MAPI properties after MS-OXCDATA 2.11).
///
/// A reader of our own, bounded and without recursion: an embedded message stays one file.  What is cut off
/// or contradicts itself ends the reading; all that came before it is kept, and `damaged` says so.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oin {

struct TnefFile {
  std::string filename;      ///< UTF-8, as it stands there; may be empty
  std::string content_type;  ///< what its properties say; may be empty
  std::string content_id;    ///< without angle brackets; may be empty
  std::string content;
};

struct Tnef {
  std::vector<TnefFile> files;
  std::optional<std::string> text, html;  ///< UTF-8, line ends as they stand there
  bool damaged = false;                   ///< it is no TNEF, or ends too early
};

struct TnefLimits {
  std::size_t files = 1'000;
  std::size_t bytes = 100'000'000;  ///< of all files together; what comes behind is left out, and damaged
};

bool is_tnef(std::string_view bytes);
Tnef read_tnef(std::string_view bytes, const TnefLimits& limits = {});

}  // namespace oin
