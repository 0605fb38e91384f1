/// desk_file.hpp: a store in a directory of its own, and the small things that are put into one.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>

#include "daemon/store/store.hpp"
#include "daemon/workflow/apply.hpp"
#include "parsers/digest.hpp"

namespace oin::store {

/// Raw bytes as they came in.
inline Result<std::string> unpacked(const Result<Packed>& raw) {
  return raw ? unpack(raw.value().codec, raw.value().bytes) : Result<std::string>(raw.error());
}

/// The value, or a failed test with the error's own words.
template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().what);
  if constexpr (!std::is_void_v<T>) return std::move(result).value();
}

inline Instant at(int seconds) { return Instant(std::chrono::seconds(1'790'000'000 + seconds)); }

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "oind-store-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::filesystem::path path;
  std::filesystem::path db() const { return path / "oind.db"; }
};

inline MailRow mail_row(int number, std::string from = "ada@vendor.example", int seconds = 0) {
  return {.digest = sha256_hex(std::to_string(number)),
          .message_id = "m" + std::to_string(number) + "@vendor.example",
          .mailbox = "oin",
          .from = std::move(from),
          .to = "oin@example.com",
          .subject = "Mail " + std::to_string(number),
          .arrived_at = at(seconds),
          .size = 100};
}

inline Letter letter_to(LetterId id, std::string address, TicketId ticket = 0, int seconds = 0) {
  Letter letter;
  letter.id = id;
  letter.ticket = ticket;
  letter.event = "submission-received";
  letter.message_id = "l" + std::to_string(id) + "@reviews.example.com";
  letter.reverse_path = "oin+b7@example.com";
  letter.subject = "Received";
  letter.from = "oin@example.com";
  letter.recipients = {{std::move(address), RecipientState::queued, ""}};
  letter.bytes = "Subject: Received\r\n\r\nThank you.\r\n";
  letter.written_at = at(seconds);
  return letter;
}

/// The letter in the outbox to its last word.
inline void enqueue(Transaction& tx, const Letter& letter) {
  must(tx.enqueue(letter));
  must(tx.word(letter.id, letter.subject, letter.bytes));
}

inline Event event(int seconds, EventBody what) { return {at(seconds), "desk", 0, std::move(what)}; }
inline Event opened(std::string queue, std::string title, std::string requester = "ada@vendor.example") {
  return event(0, TicketOpened{TicketKind::support, std::move(queue), std::move(title), "oin",
                               "build-question", std::move(requester)});
}

/// Appends to the ticket as the shell does: read, fold, append.
inline Ticket append(Transaction& tx, TicketId id, std::vector<Event> events) {
  const Ticket after = oin::apply(must(tx.ticket(id)), events);
  must(tx.append(after, events));
  return after;
}

/// What every test of the store starts with; an engine more is a parameter here.
class StoreTest : public testing::Test {
 protected:
  std::unique_ptr<Store> open(Access access = Access::daemon) {
    return must(open_sqlite(folder_.db(), access));
  }
  Folder folder_;
};

}  // namespace oin::store
