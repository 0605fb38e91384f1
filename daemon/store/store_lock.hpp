/// store_lock.hpp: one daemon a store, told by a lock on the file "<db>.lock".
///
/// The lock is the kernel's (flock), so it ends with its holder, however that ends; the pid in the file is
/// only for people.  The file itself stays: removing it would let two daemons each lock a file of that name.
#pragma once

#include <filesystem>

#include "parsers/base/result.hpp"

namespace oin::store {

class StoreLock {
 public:
  /// An Error names the pid that holds it.
  static Result<StoreLock> take(const std::filesystem::path& database);

  StoreLock() = default;
  StoreLock(StoreLock&& other) noexcept;
  StoreLock& operator=(StoreLock&& other) noexcept;
  ~StoreLock();

 private:
  explicit StoreLock(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace oin::store
