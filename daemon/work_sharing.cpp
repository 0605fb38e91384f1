#include "daemon/work_sharing.hpp"

#include <atomic>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>

namespace oin {
namespace {

/// Fewer pieces than this are done before a helper has woken.
constexpr std::size_t worth_helping = 8;
constexpr int most_helpers = 2;

/// Outlives the call: a helper may come when all is done.  It touches `piece` only for a number it has taken,
/// and while one is out the call waits.
struct Work {
  const std::function<void(std::size_t)>& piece;
  const std::size_t count;
  std::atomic<std::size_t> next{0};
  std::mutex mutex{};
  std::condition_variable all_done{};
  std::size_t done = 0;
  std::exception_ptr failure{};

  void take_part() {
    for (;;) {
      const std::size_t taken = next++;
      if (taken >= count) return;
      std::exception_ptr thrown;
      try {
        piece(taken);
      } catch (...) {
        thrown = std::current_exception();
      }
      const std::lock_guard lock(mutex);
      if (thrown && !failure) failure = thrown;
      if (++done == count) all_done.notify_one();
    }
  }
};

}  // namespace

void share_out(boost::asio::thread_pool* helpers, std::size_t count,
               const std::function<void(std::size_t)>& piece) {
  const auto work = std::make_shared<Work>(piece, count);
  if (helpers != nullptr && count >= worth_helping)
    for (int i = 0; i < most_helpers; ++i) boost::asio::post(*helpers, [work] { work->take_part(); });
  work->take_part();
  std::unique_lock lock(work->mutex);
  work->all_done.wait(lock, [&] { return work->done == count; });
  if (work->failure) std::rethrow_exception(work->failure);
}

}  // namespace oin
