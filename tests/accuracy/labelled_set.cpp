#include "tests/accuracy/labelled_set.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "daemon/commands.hpp"
#include "daemon/intake.hpp"
#include "daemon/reception.hpp"
#include "daemon/temporary_folder.hpp"
#include "tests/scenarios/scenario.hpp"

namespace oin::test {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(OIND_SOURCE_DIR) / "tests/labelled";

/// When all of them come: after the past, in the week of their dates.
const Instant labelled_now = *parse_rfc3339("2026-11-28T12:00:00Z");

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error(file.string() + ": cannot be read");
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

Office office_of_the_set() {
  Configuration configuration = shipped_configuration();
  for (MailboxSettings& mailbox : configuration.settings.mailboxes) {
    mailbox.address = mailbox.name + "@oind.test";
    mailbox.trusted_authserv_ids = {"mx.oind.test"};
  }
  configuration.settings.people = scenario_people();
  return open_office(std::move(configuration)).value();
}

/// Plays one file of the past; returns when it was over.
Instant relive(store::Store& store, const Office& office, const fs::path& file, Instant now) {
  Play play(read_scenario(file), "");
  for (; !play.over(); now += std::chrono::hours(1)) {
    auto tx = store.begin().value();
    if (const ScenarioMail* mail = play.mail()) {
      const ReadMail read = read_mail(play.next_mail(*tx), 0, office);
      const auto filed = file_mail(*tx, office, read, mail->mailbox, now, now).value();
      word_letters(*tx, office, filed.letters).value();
    } else if (play.command()) {
      const Actor actor{play.command()->person + "@oind.test", ""};
      if (const auto done = carry_out(*tx, office, actor, play.ticket(), play.command_words(), now); !done)
        throw std::runtime_error(file.string() + ": " + done.error().what);
    }
    for (const std::string& failure : play.check(*tx, office))
      throw std::runtime_error(file.string() + ": " + failure);
    tx->commit().value();
  }
  return now;
}

void relive_past(store::Store& store, const Office& office) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder / "past")) files.push_back(entry.path());
  std::ranges::sort(files);
  Instant now = scenario_begin;
  for (const fs::path& file : files) now = relive(store, office, file, now);
}

std::string other(const std::string& mailbox) { return mailbox == "oin" ? "developers" : "oin"; }

}  // namespace

std::vector<Label> labels() {
  std::istringstream in(bytes_of(folder / "labels.tsv"));
  std::vector<Label> out;
  std::string line;
  std::getline(in, line);  // the heading
  while (std::getline(in, line)) {
    std::istringstream columns(line);
    Label label;
    std::string escalated;
    for (std::string* column : {&label.file, &label.intent, &label.queue, &label.mailbox, &label.sender,
                                &label.language, &escalated})
      std::getline(columns, *column, '\t');
    label.escalated = escalated == "yes";
    out.push_back(std::move(label));
  }
  return out;
}

std::vector<Judged> judge_labelled_set(bool swapped) {
  const Office office = office_of_the_set();
  const TemporaryFolder temporary;
  const auto store = store::open_sqlite(temporary.path() / "oind.db", store::Access::daemon).value();
  relive_past(*store, office);
  auto tx = store->begin_read().value();
  std::vector<Judged> out;
  for (Label& label : labels()) {
    const ReadMail read = read_mail(bytes_of(folder / label.file), 0, office);
    if (!read.failure.empty()) throw std::runtime_error(label.file + ": " + read.failure);
    const std::string mailbox = swapped ? other(label.mailbox) : label.mailbox;
    const Reception reception = receive(*tx, office, read, mailbox, 0, labelled_now, labelled_now).value();
    const bool touched = !reception.decision.events.empty();
    out.push_back({std::move(label), reception.intent, touched ? reception.after.queue : "-"});
  }
  return out;
}

}  // namespace oin::test
