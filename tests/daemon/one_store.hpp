/// one_store.hpp: a test fixture with a real SQLite file of its own.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "daemon/store/store.hpp"
#include "daemon/temporary_folder.hpp"

namespace oin::test {

class OneStore : public testing::Test {
 protected:
  /// In a transaction of its own; the answer, or what stands in the way.
  template <class Work>
  auto in_store(Work work) -> decltype(work(std::declval<store::Transaction&>())) {
    auto tx = store_->begin().value();
    auto done = work(*tx);
    if (done) {
      EXPECT_TRUE(tx->commit());
    }
    return done;
  }
  Ticket ticket(TicketId id) {
    return in_store([&](auto& tx) { return tx.ticket(id); }).value();
  }

  TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_ =
      store::open_sqlite(folder_.path() / "oind.db", store::Access::daemon).value();
};

}  // namespace oin::test
