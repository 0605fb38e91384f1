/// failing_disk.hpp: a disk on which the Nth write, sync or truncate fails, and all behind it until it is
/// mended.
///
/// A SQLite VFS (https://www.sqlite.org/vfs.html) that hands everything to the ordinary one.  While one lives
/// it is the default, so the store is opened as ever.
#pragma once

#include <sqlite3.h>

#include <cstring>

namespace oin::store {

class FailingDisk {
 public:
  explicit FailingDisk(int code) : code_(code), real_(sqlite3_vfs_find(nullptr)), vfs_(*real_) {
    disk = this;
    vfs_.zName = "failing-disk";
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
    vfs_.xOpen = [](sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
      File* self = of(file);
      const int opened = disk->real_->xOpen(disk->real_, name, self->real(), flags, out);
      self->base.pMethods = nullptr;
      if (self->real()->pMethods == nullptr) return opened;
      self->methods = *self->real()->pMethods;
      self->methods.xWrite = [](sqlite3_file* f, const void* data, int size, sqlite3_int64 at) {
        return disk->fails() ? disk->code_ : of(f)->real()->pMethods->xWrite(of(f)->real(), data, size, at);
      };
      self->methods.xSync = [](sqlite3_file* f, int how) {
        return disk->fails() ? SQLITE_IOERR_FSYNC : of(f)->real()->pMethods->xSync(of(f)->real(), how);
      };
      self->methods.xTruncate = [](sqlite3_file* f, sqlite3_int64 size) {
        return disk->fails() ? SQLITE_IOERR_TRUNCATE
                             : of(f)->real()->pMethods->xTruncate(of(f)->real(), size);
      };
      pass_on(self->methods);
      self->base.pMethods = &self->methods;
      return opened;
    };
    sqlite3_vfs_register(&vfs_, 1);
  }
  FailingDisk(const FailingDisk&) = delete;
  FailingDisk& operator=(const FailingDisk&) = delete;
  ~FailingDisk() {
    sqlite3_vfs_unregister(&vfs_);
    sqlite3_vfs_register(real_, 1);
    disk = nullptr;
  }

  void fail_at(int nth) { left_ = nth, failed_ = false; }
  void mend() { left_ = 0; }
  bool failed() const { return failed_; }

 private:
  struct File {
    sqlite3_file base;
    sqlite3_io_methods methods;
    sqlite3_file* real() {
      return reinterpret_cast<sqlite3_file*>(this + 1);
    }  // SQLite allots szOsFile octets
  };
  static File* of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }

  bool fails() {
    if (left_ == 0) return false;
    if (left_ > 1) return --left_, false;
    return failed_ = true;
  }

  /// What a disk does beside writing, handed to the file underneath.
  static void pass_on(sqlite3_io_methods& m) {
    m.xClose = [](sqlite3_file* f) { return of(f)->real()->pMethods->xClose(of(f)->real()); };
    m.xRead = [](sqlite3_file* f, void* data, int size, sqlite3_int64 at) {
      return of(f)->real()->pMethods->xRead(of(f)->real(), data, size, at);
    };
    m.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
      return of(f)->real()->pMethods->xFileSize(of(f)->real(), size);
    };
    m.xLock = [](sqlite3_file* f, int how) { return of(f)->real()->pMethods->xLock(of(f)->real(), how); };
    m.xUnlock = [](sqlite3_file* f, int how) { return of(f)->real()->pMethods->xUnlock(of(f)->real(), how); };
    m.xCheckReservedLock = [](sqlite3_file* f, int* out) {
      return of(f)->real()->pMethods->xCheckReservedLock(of(f)->real(), out);
    };
    m.xFileControl = [](sqlite3_file* f, int what, void* arg) {
      return of(f)->real()->pMethods->xFileControl(of(f)->real(), what, arg);
    };
    m.xSectorSize = [](sqlite3_file* f) { return of(f)->real()->pMethods->xSectorSize(of(f)->real()); };
    m.xDeviceCharacteristics = [](sqlite3_file* f) {
      return of(f)->real()->pMethods->xDeviceCharacteristics(of(f)->real());
    };
    m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
      return of(f)->real()->pMethods->xShmMap(of(f)->real(), page, size, extend, out);
    };
    m.xShmLock = [](sqlite3_file* f, int at, int n, int how) {
      return of(f)->real()->pMethods->xShmLock(of(f)->real(), at, n, how);
    };
    m.xShmBarrier = [](sqlite3_file* f) { of(f)->real()->pMethods->xShmBarrier(of(f)->real()); };
    m.xShmUnmap = [](sqlite3_file* f, int remove) {
      return of(f)->real()->pMethods->xShmUnmap(of(f)->real(), remove);
    };
    m.iVersion = 2;  // no xFetch: it would hand out memory past our eyes
  }

  static inline FailingDisk* disk = nullptr;
  int code_, left_ = 0;
  bool failed_ = false;
  sqlite3_vfs* real_;
  sqlite3_vfs vfs_;
};

}  // namespace oin::store
