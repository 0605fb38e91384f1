#include "daemon/net/curl_loop.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <stdexcept>

#include "daemon/net/curl_multi.hpp"

namespace oin::net {

namespace asio = boost::asio;

CurlGlobal::CurlGlobal() {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    throw std::runtime_error("libcurl cannot be initialised");
  // curl masks SIGPIPE in its own transfers only, not in curl_easy_send and curl_easy_recv.
  std::signal(SIGPIPE, SIG_IGN);
}
CurlGlobal::~CurlGlobal() { curl_global_cleanup(); }

CurlLoop::CurlLoop(asio::any_io_executor executor) : multi_(std::make_shared<Multi>(std::move(executor))) {}
asio::awaitable<CURLcode> CurlLoop::perform(CURL* easy, bool keep) { return multi_->perform(easy, keep); }
void CurlLoop::remove(CURL* easy) noexcept { multi_->remove(easy); }
asio::any_io_executor CurlLoop::executor() const { return multi_->executor(); }

CurlLoop::Multi::Multi(asio::any_io_executor executor)
    : executor_(std::move(executor)), timer_(executor_), multi_(curl_multi_init()) {
  if (multi_ == nullptr) throw std::runtime_error("libcurl cannot make a multi handle");
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &Multi::on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &Multi::on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
}

CurlLoop::Multi::~Multi() {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, nullptr);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, nullptr);
  for (auto& [fd, socket] : sockets_) {
    socket->dead = true;
    socket->descriptor.release();  // curl closes it
  }
  curl_multi_cleanup(multi_);
}

asio::awaitable<CURLcode> CurlLoop::Multi::perform(CURL* easy, bool keep) {
  // By destruction, so that a coroutine that never resumes still takes its handle out.
  struct Membership {
    std::shared_ptr<Multi> multi;
    CURL* easy;
    ~Membership() {
      if (easy != nullptr) multi->remove(easy);
    }
  };
  Transfer transfer{asio::steady_timer(executor_, asio::steady_timer::time_point::max())};
  curl_easy_setopt(easy, CURLOPT_PRIVATE, &transfer);
  if (curl_multi_add_handle(multi_, easy) != CURLM_OK) co_return CURLE_FAILED_INIT;
  Membership membership{shared_from_this(), easy};
  // Adding never completes a transfer at once, it only starts curl's timer.
  co_await transfer.wake.async_wait(asio::as_tuple(asio::use_awaitable));
  if (!transfer.done) co_return CURLE_ABORTED_BY_CALLBACK;
  if (keep && transfer.code == CURLE_OK) membership.easy = nullptr;
  co_return transfer.code;
}

int CurlLoop::Multi::on_socket(CURL*, curl_socket_t fd, int what, void* self, void*) noexcept {
  auto& multi = *static_cast<Multi*>(self);
  const auto found = multi.sockets_.find(fd);
  if (what == CURL_POLL_REMOVE) {
    if (found == multi.sockets_.end()) return 0;
    found->second->dead = true;
    found->second->descriptor.release();  // ends its waits, leaves curl's socket open
    multi.sockets_.erase(found);
    return 0;
  }
  std::shared_ptr<Socket> socket;
  if (found != multi.sockets_.end()) {
    socket = found->second;
  } else {
    socket = std::make_shared<Socket>(Socket{asio::posix::stream_descriptor(multi.executor_)});
    boost::system::error_code refused;
    if (socket->descriptor.assign(fd, refused); refused) return -1;
    multi.sockets_.emplace(fd, socket);
  }
  socket->wanted = what;
  multi.wait(socket);
  return 0;
}

int CurlLoop::Multi::on_timer(CURLM*, long milliseconds, void* self) noexcept {
  auto& multi = *static_cast<Multi*>(self);
  multi.timer_.cancel();
  if (milliseconds < 0) return 0;
  multi.timer_.expires_after(
      std::chrono::milliseconds(milliseconds));  // 0 too: curl must not be called from here
  multi.timer_.async_wait([weak = multi.weak_from_this()](boost::system::error_code cancelled) {
    if (const auto alive = weak.lock(); alive && !cancelled) alive->tell_curl(CURL_SOCKET_TIMEOUT, 0);
  });
  return 0;
}

void CurlLoop::Multi::wait(const std::shared_ptr<Socket>& socket) {
  wait(socket, CURL_POLL_IN);
  wait(socket, CURL_POLL_OUT);
}

void CurlLoop::Multi::wait(const std::shared_ptr<Socket>& socket, int direction) {
  using Descriptor = asio::posix::stream_descriptor;
  bool Socket::*const flag = direction == CURL_POLL_IN ? &Socket::waits_in : &Socket::waits_out;
  if (socket->dead || (socket->wanted & direction) == 0 || (*socket).*flag) return;
  (*socket).*flag = true;
  socket->descriptor.async_wait(
      direction == CURL_POLL_IN ? Descriptor::wait_read : Descriptor::wait_write,
      [weak = weak_from_this(), socket, flag, direction](boost::system::error_code failed) {
        (*socket).*flag = false;
        const auto alive = weak.lock();
        if (!alive || socket->dead || failed == asio::error::operation_aborted) return;
        if ((socket->wanted & direction) != 0) {
          const int bit = direction == CURL_POLL_IN ? CURL_CSELECT_IN : CURL_CSELECT_OUT;
          alive->tell_curl(socket->descriptor.native_handle(), failed ? CURL_CSELECT_ERR : bit);
        }
        alive->wait(socket);
      });
}

void CurlLoop::Multi::tell_curl(curl_socket_t fd, int what) {
  int running = 0;
  curl_multi_socket_action(multi_, fd, what, &running);
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    char* pointer = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &pointer);
    auto* transfer = static_cast<Transfer*>(static_cast<void*>(pointer));
    transfer->code = message->data.result;
    transfer->done = true;
    transfer->wake.cancel();  // the coroutine takes the handle out later, not from here
  }
}

}  // namespace oin::net
