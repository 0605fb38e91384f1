/// uid_set.hpp: UIDs as IMAP writes them: "1:100,105" (RFC 3501 sequence-set).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace oin::imap {

/// Sorted, each UID once, neighbours as ranges.  As few sets as fit `longest` characters each, because
/// servers limit the length of a command line (RFC 2683 3.2.1.5 asks clients to stay near 1000, servers
/// to take 8000).  UID 0 does not exist and is left out.
std::vector<std::string> uid_sets(std::vector<std::uint32_t> uids, std::size_t longest = 4000);

}  // namespace oin::imap
