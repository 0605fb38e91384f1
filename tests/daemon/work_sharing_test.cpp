#include "daemon/work_sharing.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/post.hpp>
#include <future>
#include <stdexcept>
#include <vector>

namespace oin {
namespace {

constexpr std::size_t count = 200;

/// How often each number was given to the piece.
std::vector<int> calls(boost::asio::thread_pool* helpers) {
  std::vector<std::atomic<int>> given(count);
  share_out(helpers, count, [&](std::size_t i) { ++given[i]; });
  return {given.begin(), given.end()};
}

TEST(ShareOut, GivesEachNumberOnce) {
  boost::asio::thread_pool helpers(2);
  const std::vector<int> once(count, 1);
  EXPECT_EQ(calls(nullptr), once);
  for (int round = 0; round < 50; ++round) EXPECT_EQ(calls(&helpers), once);
}

TEST(ShareOut, DoesNotWaitForHelpersThatAreBusy) {
  boost::asio::thread_pool helpers(1);
  std::promise<void> release;
  boost::asio::post(helpers, [until = release.get_future().share()] { until.wait(); });
  EXPECT_EQ(calls(&helpers), std::vector<int>(count, 1));
  release.set_value();
}

TEST(ShareOut, HandsOnWhatAPieceThrowsWhenAllAreDone) {
  boost::asio::thread_pool helpers(2);
  std::atomic<std::size_t> done = 0;
  const auto piece = [&](std::size_t i) {
    ++done;
    if (i == 7) throw std::runtime_error("the seventh");
  };
  EXPECT_THROW(share_out(&helpers, count, piece), std::runtime_error);
  EXPECT_EQ(done, count);
}

}  // namespace
}  // namespace oin
