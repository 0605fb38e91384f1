/// rig.hpp: what is measured: the release oind as a child process, and a private Dovecot and Postfix.
///
/// One rig has one folder, servers of its own and one desk at a time; its destructor ends them all.  What
/// cannot be measured throws std::runtime_error with a line that says why.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "daemon/mail_json.hpp"
#include "daemon/net/endpoint.hpp"
#include "daemon/store/store.hpp"
#include "tests/system/process.hpp"

namespace oin::bench {

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().what);
  if constexpr (!std::is_void_v<T>) return std::move(result).value();
}

class Rig {
 public:
  /// `folder` is made here; its path is short, because sockets lie in it.
  explicit Rig(const std::filesystem::path& folder);
  ~Rig();
  Rig(const Rig&) = delete;
  Rig& operator=(const Rig&) = delete;

  // -- the servers --
  const std::string& env(const std::string& key) const;
  net::Endpoint imap(const std::string& account) const;
  net::Endpoint smtp() const;
  std::uint16_t port(const std::string& key) const;
  std::filesystem::path maildir(const std::string& account) const;
  /// Puts a message into a mailbox as a delivery agent does.
  void drop(const std::string& account, const std::string& message);

  // -- the desk --
  void configure(const std::string& log_level, std::uint16_t smtp_port);
  std::filesystem::path settings() const { return folder_ / "oind.toml"; }
  /// With an empty store and an empty log.
  void start_desk();
  void wait_until_ready();
  void stop_desk();
  std::string log() const { return test::read_file(folder_ / "oind.log"); }
  /// When the first line that begins with `fact` was logged, in seconds; waits for it.
  double logged_at(const std::string& fact);
  Json status() const;
  /// Reads beside the daemon, so that looking costs the daemon's own threads nothing.
  store::Store& reader();
  /// "VmRSS", "VmHWM": MiB, as the kernel counts them.
  double memory(const std::string& field) const;
  /// Seconds of processor time the desk has used, all its threads together.
  double cpu_seconds() const;

  /// Ends a desk whose bench died before it could.
  static void end_forgotten_desk(const std::filesystem::path& folder);

 private:
  std::filesystem::path folder_;
  std::map<std::string, std::string> env_;
  std::optional<test::Process> desk_;
  std::unique_ptr<store::Store> reader_;
  int dropped_ = 0;
};

/// Seconds since the epoch by the wall clock, which log lines bear too.
double now_seconds();
/// The time at the head of a log line, likewise.
double time_of(const std::string& log_line);

}  // namespace oin::bench
