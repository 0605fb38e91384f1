/// task.hpp: what every function that waits returns: a value or an Error, later.
///
/// Cancellation (the daemon is told to stop): the wait in flight ends with Fault::stopping, and the
/// next co_await after it throws operation_aborted, as Asio does it; the root handler takes that as a clean
/// end.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "parsers/base/result.hpp"

namespace oin {

namespace asio = boost::asio;

template <class T>
using Task = asio::awaitable<Result<T>>;

}  // namespace oin
