/// scripted_stream.hpp: a server that plays a dialog as RFCs print it, in memory and without a clock.
///
///   C: X1 NOOP            the client must write exactly this line next
///   S: X1 OK done         the server sends this line
///   S| {bytes}            the server sends these bytes without a line end (the inside of a literal)
///   (silence)             a read that begins here times out, once
///
/// Strict: a client that writes before it has read what stands above is wrong.  A read where the client
/// has the word times out at once, and the script's end is the end of the stream.
/// Faults: at most `chunk` bytes a read; after `cut` bytes in both directions the line is gone.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <deque>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

#include "daemon/net/byte_stream.hpp"

namespace oin::test {

/// The part of it that outlives the client under test.
struct Script {
  enum class Kind { client, server, silence };
  struct Step {
    Kind kind;
    std::string bytes;
  };

  std::deque<Step> steps;
  std::size_t chunk = std::numeric_limits<std::size_t>::max();
  std::size_t cut = std::numeric_limits<std::size_t>::max();
  std::size_t carried = 0;  // bytes in both directions
  std::string heard;        // all that the client wrote before the cut
  std::string problem;      // the first thing the client did that the script does not say
  bool closed = false;

  explicit Script(std::string_view text) {
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      const std::string line(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
      if (line.starts_with("C: "))
        steps.push_back({Kind::client, line.substr(3) + "\r\n"});
      else if (line.starts_with("S: "))
        steps.push_back({Kind::server, line.substr(3) + "\r\n"});
      else if (line.starts_with("S| "))
        steps.push_back({Kind::server, line.substr(3)});
      else if (line == "(silence)")
        steps.push_back({Kind::silence, ""});
      else if (!line.empty())
        problem = "the script itself: " + line;
    }
  }

  /// Empty when all was said as written; otherwise what was not.
  std::string verdict() const {
    if (!problem.empty() || steps.empty()) return problem;
    return "the dialog ended before: " + steps.front().bytes;
  }
};

class ScriptedStream final : public net::ByteStream {
 public:
  explicit ScriptedStream(std::shared_ptr<Script> script) : script_(std::move(script)) {}

  Task<std::size_t> read_some(std::span<char> into, std::chrono::milliseconds) override {
    timed_out_ = false;
    Script& s = *script_;
    if (s.closed) co_return transient("closed");
    if (s.steps.empty() || s.carried >= s.cut) co_return std::size_t{0};
    if (s.steps.front().kind != Script::Kind::server) {
      timed_out_ = true;
      if (s.steps.front().kind == Script::Kind::silence) s.steps.pop_front();
      co_return transient("no answer");
    }
    std::string& bytes = s.steps.front().bytes;
    const std::size_t count = std::min({into.size(), bytes.size(), s.chunk, s.cut - s.carried});
    std::memcpy(into.data(), bytes.data(), count);
    bytes.erase(0, count);
    if (bytes.empty()) s.steps.pop_front();
    s.carried += count;
    co_return count;
  }

  Task<void> write_all(std::string_view bytes, std::chrono::milliseconds) override {
    Script& s = *script_;
    if (s.closed) co_return transient("closed");
    for (const char c : bytes) {
      if (s.carried >= s.cut) co_return transient("broken pipe");
      const bool expected = !s.steps.empty() && s.steps.front().kind == Script::Kind::client;
      if (!expected || s.steps.front().bytes.front() != c) {
        if (s.problem.empty())
          s.problem = "the client wrote \"" + std::string(bytes) + "\" where the script has \"" +
                      (s.steps.empty() ? std::string("its end") : s.steps.front().bytes) + "\"";
        co_return transient(s.problem);
      }
      s.steps.front().bytes.erase(0, 1);
      if (s.steps.front().bytes.empty()) s.steps.pop_front();
      s.heard.push_back(c);
      ++s.carried;
    }
    co_return success();
  }

  bool timed_out() const noexcept override { return timed_out_; }
  void close() noexcept override { script_->closed = true; }

 private:
  std::shared_ptr<Script> script_;
  bool timed_out_ = false;
};

}  // namespace oin::test
