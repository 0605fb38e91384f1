/// store.cpp: how many mails a second the store takes, in transactions of 200, each mail with all that it
/// brings.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <random>
#include <stdexcept>
#include <string_view>

#include "daemon/store/store.hpp"
#include "daemon/workflow/apply.hpp"
#include "parsers/digest.hpp"

namespace {

using namespace oin;

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().what);
  if constexpr (!std::is_void_v<T>) return std::move(result).value();
}

/// Text that zstd shrinks about as much as it does mail.
std::string prose(std::mt19937& random, std::size_t size) {
  static const char* const words[] = {"review", "assertion",   "consumer", "service",
                                      "please", "integration", "the",      "of"};
  std::string out;
  while (out.size() < size)
    out += random() % 4 == 0 ? std::to_string(random()) : words[random() % 8], out += ' ';
  out.resize(size);
  return out;
}

void take(store::Transaction& tx, std::mt19937& random, std::uint32_t uid, const std::string& raw,
          const std::string& text) {
  const Instant now{std::chrono::seconds(1'790'000'000 + uid / 1000)};
  const std::string from = "person" + std::to_string(random() % 5000) + "@vendor.example";
  const std::string digest = sha256_hex(std::to_string(uid)),
                    message_id = digest.substr(0, 24) + "@vendor.example";
  if (must(tx.mail_by_digest(digest)) || must(tx.ticket_of_message(message_id)))
    throw std::runtime_error("known");
  must(tx.correspondence(from, 0, now));
  must(tx.savepoint());
  const MailId mail = must(tx.add_mail({.id = 0,
                                        .digest = digest,
                                        .message_id = message_id,
                                        .mailbox = "oin",
                                        .from = from,
                                        .to = "oin@example.com",
                                        .subject = "Our integration",
                                        .arrived_at = now,
                                        .size = 4096},
                                       store::pack(raw)));
  must(tx.add_to_ledger({"oin", 1, 1700000000, uid, digest, mail, "recorded", now}));
  Ticket ticket;
  ticket.id = must(tx.next_ticket_id());
  const auto event = [&](EventBody what) { return Event{now, "desk", mail, std::move(what)}; };
  const std::vector<Event> events{event(TicketOpened{TicketKind::support, "dev-support", "Our integration",
                                                     "oin", "build-question", from}),
                                  event(ParticipantAdded{from, "requester"}),
                                  event(MailFiled{"build-question", from, "Our integration", false, ""}),
                                  event(AnswerPromised{now + std::chrono::hours(48)}),
                                  event(LetterWritten{"question-received", {from}})};
  const TicketId id = ticket.id;
  must(tx.append(oin::apply(std::move(ticket), events), events));
  must(tx.file_mail(id, mail));
  store::Letter letter;
  letter.id = must(tx.next_letter_id());
  letter.ticket = id;
  letter.event = "question-received";
  letter.message_id = digest.substr(24, 24) + "@reviews.example.com";
  letter.reverse_path = "oin+b" + digest.substr(0, 20) + "@example.com";
  letter.from = "oin@example.com";
  letter.recipients = {{from, store::RecipientState::queued, ""}};
  letter.written_at = now;
  must(tx.enqueue(letter));
  must(tx.word(letter.id, "Received: our integration", text));
  must(tx.release());
}

}  // namespace

int main(int argc, char** argv) {
  // "--mails N"; ./dev bench gives every bench the same arguments.
  std::uint32_t mails = 100'000;
  for (int i = 1; i + 1 < argc; ++i)
    if (std::string_view(argv[i]) == "--mails") mails = static_cast<std::uint32_t>(std::stoul(argv[i + 1]));
  std::string folder = (std::filesystem::current_path() / "bench-store-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  std::mt19937 random(1);
  std::vector<std::string> raws, texts;
  for (int i = 0; i < 200; ++i) raws.push_back(prose(random, 4096)), texts.push_back(prose(random, 3072));
  {
    const auto desk = must(store::open_sqlite(folder + "/oind.db", store::Access::daemon));
    const auto start = std::chrono::steady_clock::now();
    for (std::uint32_t uid = 0; uid < mails;) {
      const auto tx = must(desk->begin());
      for (int i = 0; i < 200; ++i) ++uid, take(*tx, random, uid, raws[uid % 200], texts[uid % 200]);
      must(tx->set_position("oin", {1, uid, 1}));
      must(tx->commit());
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::printf("%u mails in %.2f s: %.0f mails/s, %.0f MB\n", mails, took.count(), mails / took.count(),
                static_cast<double>(std::filesystem::file_size(folder + "/oind.db")) / 1e6);
  }
  std::filesystem::remove_all(folder);
}
