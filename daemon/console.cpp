#include "daemon/console.hpp"

#include <sys/stat.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "daemon/log.hpp"

namespace oin {
namespace {

constexpr std::size_t longest_request = 1'000'000;
constexpr auto quiet = asio::as_tuple(asio::use_awaitable);

}  // namespace

Console::~Console() { close(); }

Result<void> Console::listen(const std::filesystem::path& path) {
  boost::system::error_code failed;
  std::error_code ignored;
  if (path.string().size() >= sizeof(sockaddr_un::sun_path))
    return permanent("paths.socket: " + path.string() + ": longer than a socket's path may be (107 bytes)");
  std::filesystem::remove(path, ignored);
  const asio::local::stream_protocol::endpoint endpoint(path.string());
  acceptor_.open(endpoint.protocol(), failed);
  if (!failed) acceptor_.bind(endpoint, failed);
  if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
  if (failed)
    return permanent("paths.socket: " + path.string() + ": " + failed.message() +
                     "; does its folder exist, and may oind write there?");
  ::chmod(path.c_str(), 0660);
  path_ = path;
  return success();
}

asio::awaitable<void> Console::run() {
  for (;;) {
    auto [failed, socket] = co_await acceptor_.async_accept(quiet);
    if (failed) co_return;
    auto shared = std::make_shared<Socket>(std::move(socket));
    open_.insert(shared);
    asio::co_spawn(acceptor_.get_executor(), serve(shared), [this, shared](std::exception_ptr bug) {
      open_.erase(shared);
      if (bug) std::rethrow_exception(bug);
    });
  }
}

void Console::close() {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  for (const auto& socket : open_) socket->close(ignored);
  std::error_code none;
  if (!path_.empty()) std::filesystem::remove(path_, none);
  path_.clear();
}

asio::awaitable<void> Console::serve(std::shared_ptr<Socket> socket) {
  std::string buffer;
  for (;;) {
    auto [failed, size] =
        co_await asio::async_read_until(*socket, asio::dynamic_buffer(buffer, longest_request), '\n', quiet);
    if (failed) co_return;
    const Json request =
        Json::parse(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size), nullptr, false);
    buffer.erase(0, size);
    Json answer;
    if (!request.is_object() || !request.contains("verb") || !request["verb"].is_string()) {
      answer["error"] = "not a request: {\"verb\": …, \"arguments\": {…}} is one";
    } else {
      Json arguments = request.value("arguments", Json::object());
      auto result = co_await handler_(request["verb"].get<std::string>(), std::move(arguments));
      if (result)
        answer["result"] = std::move(result).value();
      else
        answer["error"] = result.error().what;
    }
    const std::string line = print(answer) + "\n";
    const auto [broken, written] = co_await asio::async_write(*socket, asio::buffer(line), quiet);
    if (broken) co_return;
  }
}

std::optional<Json> ask_daemon(const std::filesystem::path& path, const std::string& verb,
                               const Json& arguments) {
  asio::io_context io;
  asio::local::stream_protocol::socket socket(io);
  boost::system::error_code failed;
  if (path.empty() || path.string().size() >= sizeof(sockaddr_un::sun_path)) return std::nullopt;
  socket.connect(asio::local::stream_protocol::endpoint(path.string()), failed);
  if (failed) return std::nullopt;
  const std::string line = print({{"verb", verb}, {"arguments", arguments}}) + "\n";
  asio::write(socket, asio::buffer(line), failed);
  std::string buffer;
  if (!failed) asio::read_until(socket, asio::dynamic_buffer(buffer), '\n', failed);
  const Json answer = Json::parse(buffer, nullptr, false);
  if (failed || !answer.is_object()) return std::nullopt;
  return answer;
}

}  // namespace oin
