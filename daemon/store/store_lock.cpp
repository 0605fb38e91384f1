#include "daemon/store/store_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace oin::store {
namespace {

std::string holder(int fd) {
  char text[32] = {};
  const ssize_t size = ::pread(fd, text, sizeof text - 1, 0);
  std::string_view pid(text, size > 0 ? static_cast<std::size_t>(size) : 0);
  pid = pid.substr(0, pid.find_first_not_of("0123456789"));
  return pid.empty() ? "pid unknown" : fmt::format("pid {}", pid);
}

}  // namespace

StoreLock::StoreLock(StoreLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
StoreLock& StoreLock::operator=(StoreLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}
StoreLock::~StoreLock() {
  if (fd_ >= 0) ::close(fd_);
}

Result<StoreLock> StoreLock::take(const std::filesystem::path& database) {
  const std::string path = database.string() + ".lock";
  StoreLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.fd_ < 0)
    return permanent(fmt::format("lock {}: {}; the daemon's user must be able to write there", path,
                                 std::strerror(errno)));
  if (::flock(lock.fd_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return permanent(fmt::format("lock {}: {}", path, std::strerror(errno)));
    return permanent(
        fmt::format("store {} is held by another daemon ({}); stop that one first, or give this one a "
                    "store of its own",
                    database.string(), holder(lock.fd_)));
  }
  const std::string pid = fmt::format("{}\n", ::getpid());
  // A full disk must not keep the daemon from starting: the lock is held, only its label is missing.
  [[maybe_unused]] const bool labelled =
      ::ftruncate(lock.fd_, 0) == 0 && ::pwrite(lock.fd_, pid.data(), pid.size(), 0) > 0;
  return lock;
}

}  // namespace oin::store
