/// console.hpp: the local socket at which `oinctl` speaks to the daemon.
///
/// One JSON object a line: {"verb": "tickets", "arguments": {…}} is answered by {"result": …} or {"error":
/// "…"}. Who may connect is decided by the socket file's mode (0660): whoever may, may see every ticket.
#pragma once

#include <boost/asio/local/stream_protocol.hpp>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>

#include "daemon/mail_json.hpp"
#include "daemon/net/task.hpp"

namespace oin {

class Console {
 public:
  using Handler = std::function<Task<Json>(std::string verb, Json arguments)>;

  Console(const asio::any_io_executor& executor, Handler handler)
      : acceptor_(executor), handler_(std::move(handler)) {}
  ~Console();

  /// Takes the place of a socket that a dead daemon left behind.
  Result<void> listen(const std::filesystem::path& path);
  asio::awaitable<void> run();  ///< returns when cancelled or closed
  void close();

 private:
  using Socket = asio::local::stream_protocol::socket;
  asio::awaitable<void> serve(std::shared_ptr<Socket> socket);

  asio::local::stream_protocol::acceptor acceptor_;
  Handler handler_;
  std::filesystem::path path_;
  std::set<std::shared_ptr<Socket>> open_;
};

/// Asks a daemon at its socket; blocks.  Empty when none listens there.
std::optional<Json> ask_daemon(const std::filesystem::path& socket, const std::string& verb,
                               const Json& arguments);

}  // namespace oin
