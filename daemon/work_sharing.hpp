/// work_sharing.hpp: many small pieces of work done by one thread and whoever is free to help it.
#pragma once

#include <boost/asio/thread_pool.hpp>
#include <cstddef>
#include <functional>

namespace oin {

/// Calls `piece` with each number below `count`, on this thread and on those of `helpers` (null: none) that
/// are free before all is done.  Returns when every call has; with the first exception that one has thrown.
void share_out(boost::asio::thread_pool* helpers, std::size_t count,
               const std::function<void(std::size_t)>& piece);

}  // namespace oin
