/// wait_for.hpp: runs one coroutine to its end from ordinary test code.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>

namespace oin::test {

class WaitFor {
 public:
  template <class T>
  T operator()(boost::asio::awaitable<T> work) {
    std::optional<T> result;
    run(keep(std::move(work), result));
    return std::move(*result);
  }
  void operator()(boost::asio::awaitable<void> work) { run(std::move(work)); }

  boost::asio::io_context io;

 private:
  template <class T>
  static boost::asio::awaitable<void> keep(boost::asio::awaitable<T> work, std::optional<T>& result) {
    result.emplace(co_await std::move(work));
  }
  void run(boost::asio::awaitable<void> work) {
    bool done = false;
    boost::asio::co_spawn(io, std::move(work), [&done](std::exception_ptr thrown) {
      done = true;
      if (thrown) std::rethrow_exception(thrown);
    });
    io.restart();
    // Not run(): timers that outlive this one coroutine are nobody's business here.
    while (!done) io.run_one();
  }
};

}  // namespace oin::test
