/// scanner.hpp: what the programs that look for viruses and spam have in common: where they listen, and what
/// they say of a mail.
///
/// Their functions show a mail once and try nothing again.  An Error is never about the mail's worth: the
/// scanner could not be reached, was silent for too long, or said what nobody understands.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace oin::scan {

/// A Unix socket, or a port of this machine: a mail goes there in the clear.
struct Address {
  std::string unix_path;  ///< empty: host and port
  std::string host;
  std::uint16_t port = 0;
};

/// "unix:/run/clamav/clamd.ctl", "tcp:127.0.0.1:3310", "tcp:[::1]:3310", as in the settings.
std::string to_text(const Address& address);

struct Verdict {
  enum class Kind {
    wanted,
    unwanted,
    unable,  ///< it will never look at this mail, however often it is asked: too large for it
  };
  Kind kind = Kind::wanted;
  std::string why;  ///< of an unwanted one: a signature's name, or an action and its score
};

}  // namespace oin::scan
