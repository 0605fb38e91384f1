/// flowed.hpp: undoes format=flowed (RFC 3676): soft line breaks joined, space stuffing removed.
///
/// Quote marks stay, one "> " a level, so that what reads the text sees quotes as in any other mail.
#pragma once

#include <string>
#include <string_view>

namespace oin {

/// `text` has "\n" line ends.  With `delete_space` (DelSp=yes) the blank of a soft break falls away too.
std::string unflowed(std::string_view text, bool delete_space);

}  // namespace oin
