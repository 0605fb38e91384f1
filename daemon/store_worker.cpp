#include "daemon/store_worker.hpp"

#include <exception>

namespace oin {
namespace {

/// Jobs that share a commit: enough to hide an fsync, few enough that the first does not wait long for it.
constexpr std::size_t batch_jobs = 64;

}  // namespace

StoreWorker::StoreWorker(std::unique_ptr<store::Store> store)
    : store_(std::move(store)), thread_([this] { work(); }) {}

StoreWorker::~StoreWorker() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  ready_.notify_one();
  thread_.join();
}

void StoreWorker::submit(Job job) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(job));
  }
  ready_.notify_one();
}

void StoreWorker::work() {
  for (;;) {
    std::deque<Job> batch;
    {
      std::unique_lock lock(mutex_);
      ready_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      do {
        batch.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
      } while (!batch.front().alone && !waiting_.empty() && !waiting_.front().alone &&
               batch.size() < batch_jobs);
    }
    if (batch.front().alone)
      run_one_alone(batch.front());
    else
      run_batch(std::move(batch));
  }
}

/// True when every job's writes are committed.  A job that fails without a savepoint of its own takes all
/// down with it, and nothing is committed.
Result<bool> StoreWorker::commit_together(std::deque<Job>& batch, bool savepoints) {
  OIN_TRY(auto tx, store_->begin());
  for (Job& job : batch) {
    if (savepoints) {
      OIN_TRYV(tx->savepoint());
    }
    const bool kept = job.work(*tx);
    if (!savepoints) {
      if (!kept) return false;
    } else if (kept) {
      OIN_TRYV(tx->release());
    } else {
      OIN_TRYV(tx->rollback_to_savepoint());
    }
  }
  OIN_TRYV(tx->commit());
  return true;
}

Task<void> StoreWorker::run_alone(std::function<Result<void>(store::Store&)> work) {
  return asio::async_initiate<decltype(asio::use_awaitable), void(Result<void>)>(
      [this, work = std::move(work)](auto handler) mutable {
        using Handler = decltype(handler);
        struct State {
          Handler handler;
          asio::executor_work_guard<asio::associated_executor_t<Handler>> guard;
        };
        auto guard = asio::make_work_guard(handler);
        auto state = std::make_shared<State>(State{std::move(handler), std::move(guard)});
        submit({{},
                [state](std::optional<Error> failed) {
                  const auto executor = state->guard.get_executor();
                  asio::post(executor, [state, failed = std::move(failed)]() mutable {
                    std::move(state->handler)(failed ? Result<void>(*std::move(failed))
                                                     : Result<void>(success()));
                  });
                },
                std::move(work)});
      },
      asio::use_awaitable);
}

void StoreWorker::run_one_alone(Job& job) {
  std::optional<Error> failed;
  try {
    if (auto done = job.alone(*store_); !done) failed = std::move(done).error();
  } catch (const std::exception& bug) {
    failed = permanent(std::string("store job: ") + bug.what());
  }
  job.finish(std::move(failed));
}

void StoreWorker::run_batch(std::deque<Job> batch) {
  std::optional<Error> failed;
  try {
    // Hardly a job ever fails, and a savepoint costs a copy of every page that is written within it.
    auto done = commit_together(batch, false);
    if (done && !done.value() && batch.size() > 1) done = commit_together(batch, true);
    if (!done) failed = std::move(done).error();
  } catch (const std::exception& bug) {
    failed = permanent(std::string("store job: ") + bug.what());
  }
  if (failed) failed_ = true;
  for (Job& job : batch) job.finish(failed);
}

}  // namespace oin
