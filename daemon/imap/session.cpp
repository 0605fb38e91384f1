#include "daemon/imap/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "daemon/imap/mailbox_name.hpp"
#include "daemon/imap/uid_set.hpp"
#include "parsers/base/overloaded.hpp"

namespace oin::imap {
namespace {

constexpr std::size_t read_at_once = 64 * 1024;  // one to four TLS records
constexpr auto good_bye = std::chrono::seconds(2);

template <class Number>
Number number_or_zero(std::string_view digits) {
  Number value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// A refusal that waiting does not mend (RFC 5530).
Fault fault_of(const Status& refusal) {
  const bool final =
      refusal.code == "NONEXISTENT" || refusal.code == "NOPERM" || refusal.code == "AUTHORIZATIONFAILED";
  return final ? Fault::permanent : Fault::transient;
}

Error refused(std::string_view said, const Status& refusal) {
  return {fault_of(refusal), fmt::format("{}: {}", said, refusal.line)};
}

void append(std::vector<std::string>& words, std::string_view list) {
  for (std::size_t i = 0; i < list.size();) {
    const auto end = std::min(list.find_first_of(" ()", i), list.size());
    if (end > i) words.emplace_back(list.substr(i, end - i));
    i = end + 1;
  }
}

}  // namespace

Session::Session(std::unique_ptr<net::ByteStream> stream, Limits limits)
    : stream_(std::move(stream)), limits_(limits), parser_(limits.parser), buffer_(read_at_once) {}

Task<std::unique_ptr<Session>> Session::open(std::unique_ptr<net::ByteStream> stream, Limits limits) {
  std::unique_ptr<Session> session(new Session(std::move(stream), limits));
  // What was said behind the login's answer is lost in curl, so nothing before this line counts.
  OIN_CO_TRYV(co_await session->ask_ok("CAPABILITY", "CAPABILITY"));
  co_return session;
}

// ---- carrying bytes ----

Task<Session::Tag> Session::send(std::string command) {
  const Tag tag = fmt::format("X{}", next_tag_++);  // curl's own are A001, B001, …
  const std::string line = fmt::format("{} {}\r\n", tag, command);
  OIN_CO_TRYV(co_await stream_->write_all(line, limits_.answer));
  co_return tag;
}

Task<Response> Session::read(std::chrono::milliseconds deadline) {
  for (;;) {
    if (!unread_.empty()) {
      OIN_CO_TRY(auto response, parser_.next(unread_));
      if (response) {
        absorb(*response);
        co_return std::move(*response);
      }
    }
    OIN_CO_TRY(const std::size_t got, co_await stream_->read_some(buffer_, deadline));
    if (got == 0) {
      if (bye_) co_return *bye_;
      co_return transient("the IMAP server hung up");
    }
    unread_ = std::string_view(buffer_.data(), got);
    chunk_came_at_ = std::chrono::steady_clock::now();
    if (parser_.between_responses()) response_began_at_ = chunk_came_at_;
  }
}

Task<Status> Session::finish(Tag tag) {
  for (;;) {
    OIN_CO_TRY(Response response, co_await read(limits_.answer));
    if (auto* tagged = std::get_if<Tagged>(&response); tagged != nullptr && tagged->tag == tag)
      co_return std::move(tagged->status);
  }
}

Task<Status> Session::ask(std::string command) {
  OIN_CO_TRY(Tag tag, co_await send(std::move(command)));
  co_return co_await finish(std::move(tag));
}

Task<void> Session::ask_ok(std::string command, std::string said) {
  OIN_CO_TRY(const Status status, co_await ask(std::move(command)));
  if (status.condition != Status::Condition::ok) co_return refused(said, status);
  co_return success();
}

// ---- what the server says, wherever it says it ----

void Session::absorb(Response& response) {
  std::visit(overloaded{[&](const Tagged& tagged) {
                          absorb_status(tagged.status);
                          absorb_tagged(tagged);
                        },
                        [&](const Status& status) { absorb_status(status); },
                        [&](const Capability& capability) {
                          capabilities_ = {capability.names.begin(), capability.names.end()};
                        },
                        [&](const Exists& exists) {
                          last_exists_at_ = response_began_at_;
                          // Servers may repeat the count; only a larger one is news.
                          if (exists.count > mailbox_.exists) news_ = true;
                          mailbox_.exists = exists.count;
                        },
                        [&](const Expunge&) { mailbox_.exists -= mailbox_.exists > 0 ? 1 : 0; },
                        [&](const Vanished& vanished) {
                          for (const UidRange& range : vanished.uids)
                            mailbox_.exists -= std::min(mailbox_.exists,
                                                        vanished.earlier ? 0 : range.last - range.first + 1);
                        },
                        [&](Fetch& fetch) { absorb_fetch(fetch); }, [](const Continuation&) {},
                        [](const Flags&) {}, [](const Search&) {}, [](const Other&) {}},
             response);
  // What follows in the same chunk came with it.
  response_began_at_ = chunk_came_at_;
}

void Session::absorb_status(const Status& status) {
  if (status.condition == Status::Condition::bye)
    bye_ = transient("the IMAP server ended the connection: " + status.line);
  if (status.code == "UIDVALIDITY")
    mailbox_.uid_validity = number_or_zero<std::uint32_t>(status.code_argument);
  if (status.code == "UIDNEXT") mailbox_.uid_next = number_or_zero<std::uint32_t>(status.code_argument);
  if (status.code == "HIGHESTMODSEQ")
    mailbox_.highest_mod_seq = number_or_zero<std::uint64_t>(status.code_argument);
  if (status.code == "READ-ONLY") mailbox_.read_only = true;
  if (status.code == "PERMANENTFLAGS") {
    mailbox_.permanent_flags.clear();
    append(mailbox_.permanent_flags, status.code_argument);
    mailbox_.permanent_keywords = std::ranges::count(mailbox_.permanent_flags, "\\*") > 0;
  }
}

void Session::absorb_fetch(Fetch& fetch) {
  // Without a UID it is somebody else's change of flags, which is not our concern.
  if (fetch.uid == 0) return;
  if (listing_) {
    // Merged, because a change of flags may be told in between, with the UID alone.
    Listed& listed = (*listing_)[fetch.uid];
    listed.uid = fetch.uid;
    if (fetch.size) listed.size = *fetch.size;
    if (fetch.internal_date) listed.internal_date = *fetch.internal_date;
  }
  if (!fetch.has_body) return;
  for (Fetching& fetching : in_flight_) {
    const auto found = fetching.answers.find(fetch.uid);
    if (found == fetching.answers.end() || found->second.bytes) continue;
    Fetched& fetched = found->second;
    fetched.internal_date = fetch.internal_date.value_or(Instant{});
    fetched.size = fetch.size.value_or(0);
    if (fetch.flags) fetched.flags = std::move(*fetch.flags);
    fetched.bytes = std::move(fetch.body);
    return;
  }
}

void Session::absorb_tagged(const Tagged& tagged) {
  for (Fetching& fetching : in_flight_)
    if (fetching.open.erase(tagged.tag) > 0 && tagged.status.condition != Status::Condition::ok)
      fetching.refused = refused("UID FETCH", tagged.status);
}

// ---- commands ----

Task<MailboxState> Session::open_mailbox(std::string verb, std::string mailbox) {
  mailbox_ = {};
  const std::string said = fmt::format("{} {}", verb, mailbox);
  OIN_CO_TRYV(co_await ask_ok(fmt::format("{} {}", verb, quoted_mailbox(mailbox)), said));
  if (mailbox_.uid_validity == 0)
    co_return permanent(said +
                        ": the server gives no UIDVALIDITY, so its messages cannot be told apart for good");
  // Whatever came before list_after() is news; what SELECT counts is not counted a second time.
  news_ = true;
  co_return mailbox_;
}

Task<MailboxState> Session::select(std::string mailbox) { return open_mailbox("SELECT", std::move(mailbox)); }
Task<MailboxState> Session::examine(std::string mailbox) {
  return open_mailbox("EXAMINE", std::move(mailbox));
}

Task<std::vector<Listed>> Session::list_after(std::uint32_t uid) {
  news_ = false;
  if (uid == UINT32_MAX) co_return std::vector<Listed>();
  listing_.emplace();
  // Not "*": that is the last message, whatever its UID.
  const Result<void> asked = co_await ask_ok(
      fmt::format("UID FETCH {}:{} (UID RFC822.SIZE INTERNALDATE)", uid + 1, UINT32_MAX), "UID FETCH");
  const std::map<std::uint32_t, Listed> listing = std::move(*listing_);
  listing_.reset();
  OIN_CO_TRYV(asked);
  std::vector<Listed> listed;
  for (auto one = listing.upper_bound(uid); one != listing.end(); ++one) listed.push_back(one->second);
  co_return listed;
}

Task<std::vector<std::uint32_t>> Session::all_uids() {
  listing_.emplace();
  // A response each, where SEARCH would answer in one line of any length.
  const Result<void> asked = co_await ask_ok(fmt::format("UID FETCH 1:{} (UID)", UINT32_MAX), "UID FETCH");
  std::vector<std::uint32_t> uids;
  for (const auto& [uid, one] : *listing_) uids.push_back(uid);
  listing_.reset();
  OIN_CO_TRYV(asked);
  co_return uids;
}

Task<void> Session::request(std::vector<std::uint32_t> uids, Part part) {
  Fetching& fetching = in_flight_.emplace_back();
  for (const std::uint32_t uid : uids)
    if (uid != 0) fetching.answers[uid].uid = uid;
  const std::string_view section = part == Part::whole ? "BODY.PEEK[]" : "BODY.PEEK[HEADER]";
  for (const std::string& set : uid_sets(std::move(uids))) {
    OIN_CO_TRY(Tag tag, co_await send(fmt::format("UID FETCH {} (UID FLAGS INTERNALDATE RFC822.SIZE {})", set,
                                                  section)));
    fetching.open.insert(std::move(tag));
  }
  co_return success();
}

Task<std::vector<Fetched>> Session::receive() {
  std::vector<Fetched> fetched;
  if (in_flight_.empty()) co_return fetched;
  while (!in_flight_.front().open.empty()) {
    OIN_CO_TRYV(co_await read(limits_.answer));
  }
  Fetching done = std::move(in_flight_.front());
  in_flight_.pop_front();
  if (done.refused) co_return *done.refused;
  for (auto& [uid, one] : done.answers) fetched.push_back(std::move(one));
  co_return fetched;
}

Task<void> Session::add_flag(std::vector<std::uint32_t> uids, std::string flag) {
  for (const std::string& set : uid_sets(std::move(uids))) {
    OIN_CO_TRYV(co_await ask_ok(fmt::format("UID STORE {} +FLAGS.SILENT ({})", set, flag), "UID STORE"));
  }
  co_return success();
}

Task<void> Session::move_or_copy(std::string verb, std::string set, std::string folder) {
  const std::string name = quoted_mailbox(folder);
  const std::string command = fmt::format("UID {} {} {}", verb, set, name);
  OIN_CO_TRY(Status status, co_await ask(command));
  if (status.condition == Status::Condition::no && status.code == "TRYCREATE") {
    OIN_CO_TRYV(co_await ask_ok("CREATE " + name, "CREATE " + folder));
    OIN_CO_TRY(status, co_await ask(command));
  }
  if (status.condition != Status::Condition::ok)
    co_return refused(fmt::format("UID {} to {}", verb, folder), status);
  co_return success();
}

Task<void> Session::move(std::vector<std::uint32_t> uids, std::string folder) {
  const bool can_move = has("MOVE");
  for (const std::string& set : uid_sets(std::move(uids))) {
    OIN_CO_TRYV(co_await move_or_copy(can_move ? "MOVE" : "COPY", set, folder));
    if (can_move) continue;
    OIN_CO_TRYV(co_await ask_ok(fmt::format("UID STORE {} +FLAGS.SILENT (\\Deleted)", set), "UID STORE"));
    if (!has("UIDPLUS")) continue;
    OIN_CO_TRYV(co_await ask_ok("UID EXPUNGE " + set, "UID EXPUNGE"));
  }
  co_return success();
}

Task<IdleEnd> Session::idle(std::chrono::milliseconds at_most) {
  if (news_) co_return IdleEnd::news;
  const auto until = std::chrono::steady_clock::now() + at_most;
  OIN_CO_TRY(const Tag tag, co_await send("IDLE"));
  for (bool idling = false; !idling;) {
    OIN_CO_TRY(const Response response, co_await read(limits_.answer));
    idling = std::holds_alternative<Continuation>(response);
    if (const auto* tagged = std::get_if<Tagged>(&response); tagged != nullptr && tagged->tag == tag)
      co_return refused("IDLE", tagged->status);
  }
  IdleEnd end = news_ ? IdleEnd::news : IdleEnd::time_limit;
  while (end == IdleEnd::time_limit) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) break;
    const Result<Response> response = co_await read(left);
    if (!response && stream_->timed_out()) break;
    OIN_CO_TRYV(response);
    if (bye_) co_return *bye_;
    if (const auto* tagged = std::get_if<Tagged>(&response.value());
        tagged != nullptr && tagged->tag == tag) {
      if (tagged->status.condition != Status::Condition::ok) co_return refused("IDLE", tagged->status);
      co_return IdleEnd::time_limit;  // the server ended it of its own accord
    }
    if (std::holds_alternative<Exists>(response.value()) ||
        std::holds_alternative<Expunge>(response.value()) ||
        std::holds_alternative<Vanished>(response.value()))
      end = IdleEnd::news;
  }
  OIN_CO_TRYV(co_await stream_->write_all("DONE\r\n", limits_.answer));
  OIN_CO_TRY(const Status status, co_await finish(tag));
  if (status.condition != Status::Condition::ok) co_return refused("IDLE", status);
  co_return end;
}

Task<void> Session::noop() { return ask_ok("NOOP", "NOOP"); }

asio::awaitable<void> Session::logout() {
  limits_.answer = std::min<std::chrono::milliseconds>(limits_.answer, good_bye);
  const Result<void> ignored = co_await ask_ok("LOGOUT", "LOGOUT");
  static_cast<void>(ignored);
  stream_->close();
}

}  // namespace oin::imap
