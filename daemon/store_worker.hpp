/// store_worker.hpp: the one thread that touches the store, and group commit.
///
/// A job is a function of a Transaction that can be run again: of a job that fails nothing is kept, and those
/// that shared its transaction are run a second time.  All jobs that wait when the thread is free share one
/// transaction and one commit: under load many mails cost one fsync, and a single mail commits at once.  A
/// job's result is given out only after its commit.  No transaction is ever open across a co_await.
#pragma once

#include <atomic>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "daemon/net/task.hpp"
#include "daemon/store/store.hpp"

namespace oin {

class StoreWorker {
 public:
  explicit StoreWorker(std::unique_ptr<store::Store> store);
  /// Finishes every job that was given, then ends.
  ~StoreWorker();
  StoreWorker(const StoreWorker&) = delete;
  StoreWorker& operator=(const StoreWorker&) = delete;

  /// Runs the job and resumes the caller on its own executor.  Not cut short by cancellation: what was begun
  /// is finished.  The function must be copyable and own what it uses.
  template <class T>
  Task<T> run(std::function<Result<T>(store::Transaction&)> job) {
    return asio::async_initiate<decltype(asio::use_awaitable), void(Result<T>)>(
        [this, job = std::move(job)](auto handler) mutable {
          using Handler = decltype(handler);
          struct State {
            Handler handler;
            asio::executor_work_guard<asio::associated_executor_t<Handler>> work;
            std::optional<Result<T>> result;
          };
          auto work = asio::make_work_guard(handler);
          auto state = std::make_shared<State>(State{std::move(handler), std::move(work), std::nullopt});
          submit({[this, state, job = std::move(job)](store::Transaction& tx) -> bool {
                    state->result.emplace(job(tx));
                    if (*state->result) return true;
                    // A job speaks to the store alone, so what may pass by itself is the store's trouble.
                    if (state->result->error().fault == Fault::transient) failed_ = true;
                    return false;
                  },
                  [state](std::optional<Error> failed) {
                    if (failed) state->result.emplace(*std::move(failed));
                    const auto executor = state->work.get_executor();
                    asio::post(executor, [state] { std::move(state->handler)(*std::move(state->result)); });
                  }});
        },
        asio::use_awaitable);
  }

  /// The same for what no transaction may be open beside.
  Task<void> run_alone(std::function<Result<void>(store::Store&)> work);

  /// Gives up what the store is doing, which fails and is rolled back.
  void interrupt() { store_->interrupt(); }

  /// Whether the store itself ever failed (disk full, I/O), as against a job that was refused.
  bool failed() const { return failed_; }

 private:
  struct Job {
    std::function<bool(store::Transaction&)> work;       ///< true: keep what it wrote
    std::function<void(std::optional<Error>)> finish;    ///< an Error when the shared commit failed
    std::function<Result<void>(store::Store&)> alone{};  ///< in place of `work`
  };

  void submit(Job job);
  void work();
  void run_batch(std::deque<Job> batch);
  void run_one_alone(Job& job);
  Result<bool> commit_together(std::deque<Job>& batch, bool savepoints);

  std::unique_ptr<store::Store> store_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Job> waiting_;
  bool ending_ = false;
  std::atomic<bool> failed_ = false;
  std::thread thread_;
};

}  // namespace oin
