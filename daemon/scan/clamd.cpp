#include "daemon/scan/clamd.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <optional>
#include <vector>

namespace oin::scan {
namespace {

using namespace boost::asio::experimental::awaitable_operators;
using Socket = asio::generic::stream_protocol::socket;

constexpr auto quiet = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t longest_answer = 4096;

Error lost(const boost::system::error_code& why) {
  return why == asio::error::operation_aborted ? stopping() : transient(why.message());
}

Task<Socket> connect(Address address) {
  Socket socket(co_await asio::this_coro::executor);
  std::vector<asio::generic::stream_protocol::endpoint> endpoints;
  if (!address.unix_path.empty()) {
    endpoints.push_back(asio::local::stream_protocol::endpoint(address.unix_path));
  } else {
    asio::ip::tcp::resolver resolver(socket.get_executor());
    const auto [unknown, found] =
        co_await resolver.async_resolve(address.host, std::to_string(address.port), quiet);
    if (unknown) co_return lost(unknown);
    for (const auto& entry : found) endpoints.push_back(entry.endpoint());
  }
  boost::system::error_code why = asio::error::host_not_found;
  for (const auto& endpoint : endpoints) {
    const auto [refused] = co_await socket.async_connect(endpoint, quiet);
    if (!refused) co_return Result<Socket>(std::move(socket));
    why = refused;
    if (why == asio::error::operation_aborted) break;
    socket.close();
  }
  co_return lost(why);
}

std::array<char, 4> big_endian(std::size_t number) {
  const auto octet = [&](int shift) { return static_cast<char>((number >> shift) & 0xff); };
  return {octet(24), octet(16), octet(8), octet(0)};
}

/// The words after "z" end in a NUL, and so does the answer.
Task<std::string> converse(Address address, std::string command, std::optional<std::string_view> mail) {
  OIN_CO_TRY(Socket socket, co_await connect(std::move(address)));
  const auto length = big_endian(mail ? mail->size() : 0), end = big_endian(0);
  std::vector<asio::const_buffer> said = {asio::buffer(command)};
  if (mail) {
    if (!mail->empty()) said.insert(said.end(), {asio::buffer(length), asio::buffer(*mail)});
    said.push_back(asio::buffer(end));
  }
  const auto [unheard, sent] = co_await asio::async_write(socket, said, quiet);
  if (unheard == asio::error::operation_aborted) co_return stopping();
  // Where clamd had enough before all was sent, what it said about that is still there to read.
  std::string answer;
  const auto [cut, size] =
      co_await asio::async_read_until(socket, asio::dynamic_buffer(answer, longest_answer), '\0', quiet);
  if (cut == asio::error::operation_aborted) co_return stopping();
  if (cut && unheard) co_return lost(unheard);
  if (cut) co_return transient("hung up before its answer was whole");
  answer.resize(size - 1);
  co_return answer;
}

Task<std::string> converse_until(Address address, std::string command, std::optional<std::string_view> mail,
                                 std::chrono::milliseconds deadline) {
  asio::steady_timer timer(co_await asio::this_coro::executor, deadline);
  auto first = co_await (converse(std::move(address), std::move(command), mail) || timer.async_wait(quiet));
  if (first.index() == 0) co_return std::get<0>(std::move(first));
  if (std::get<0>(std::get<1>(first))) co_return stopping();
  co_return transient(
      fmt::format("no answer within {} s", std::chrono::ceil<std::chrono::seconds>(deadline).count()));
}

}  // namespace

Result<Verdict> clamd_verdict(std::string_view answer) {
  constexpr std::string_view of_ours = "stream: ", found = " FOUND";
  if (answer == "stream: OK") return Verdict{};
  if (answer.starts_with(of_ours) && answer.ends_with(found) &&
      answer.size() > of_ours.size() + found.size()) {
    answer.remove_prefix(of_ours.size());
    answer.remove_suffix(found.size());
    return Verdict{Verdict::Kind::unwanted, std::string(answer)};
  }
  if (answer.starts_with("INSTREAM size limit exceeded"))
    return Verdict{Verdict::Kind::unable, "larger than its StreamMaxLength"};
  return transient(fmt::format("said \"{}\"", answer.substr(0, 200)));
}

Task<Verdict> ask_clamd(Address address, std::string_view mail, std::chrono::milliseconds deadline) {
  std::string command("zINSTREAM\0", 10);
  OIN_CO_TRY(const std::string answer,
             co_await converse_until(std::move(address), std::move(command), mail, deadline));
  co_return clamd_verdict(answer);
}

Task<void> ping_clamd(Address address, std::chrono::milliseconds deadline) {
  std::string command("zPING\0", 6);
  OIN_CO_TRY(const std::string answer,
             co_await converse_until(std::move(address), std::move(command), std::nullopt, deadline));
  if (answer != "PONG") co_return transient(fmt::format("said \"{}\" to PING", answer.substr(0, 200)));
  co_return success();
}

}  // namespace oin::scan
