/// byte_stream.hpp: an open, authenticated line to a server, seen as bytes.
///
/// The protocol sessions know nothing else of the network, so that tests/support/scripted_stream.hpp can
/// play a server without one.  One coroutine at a time reads or writes; close() may come from anywhere
/// on the same executor and ends the wait in flight with a transient Error.
#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string_view>

#include "daemon/net/task.hpp"

namespace oin::net {

class ByteStream {
 public:
  ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;
  virtual ~ByteStream() = default;

  /// At least one byte, or 0 at the end of the stream.  When the deadline passes first it is a transient
  /// Error ("no answer from imap.example.com:993 within 60 s"), timed_out() holds, and the stream stays
  /// usable.
  virtual Task<std::size_t> read_some(std::span<char> into, std::chrono::milliseconds deadline) = 0;

  /// Whether the latest read_some ended because its deadline passed, and for no other reason.
  virtual bool timed_out() const noexcept = 0;

  /// All of `bytes`, which must outlive the call.  The deadline is for each wait, not for the whole.
  virtual Task<void> write_all(std::string_view bytes, std::chrono::milliseconds deadline) = 0;

  virtual void close() noexcept = 0;
};

}  // namespace oin::net
