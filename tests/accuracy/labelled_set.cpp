#include "tests/accuracy/labelled_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
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

Office office_of_the_set(bool by_cues_alone) {
  Configuration configuration = shipped_configuration();
  for (MailboxSettings& mailbox : configuration.settings.mailboxes) {
    mailbox.address = mailbox.name + "@oind.test";
    mailbox.trusted_authserv_ids = {"mx.oind.test"};
  }
  configuration.settings.people = scenario_people();
  if (by_cues_alone) configuration.workflow.vocabulary = {};
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

/// The mails that are files of their own.
std::vector<LabelledMail> filed_mails() {
  std::istringstream in(bytes_of(folder / "labels.tsv"));
  std::vector<LabelledMail> out;
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
    std::string bytes = bytes_of(folder / label.file);
    out.push_back({std::move(label), std::move(bytes)});
  }
  return out;
}

/// "intent=removal lang=en" → the value of "lang".
std::string value_of(std::string_view heading, std::string_view key) {
  const auto at = (" " + std::string(heading)).find(" " + std::string(key) + "=");
  if (at == std::string::npos) return {};
  const std::string_view rest = heading.substr(at + key.size() + 1);
  return std::string(rest.substr(0, rest.find(' ')));
}

/// What the mail of a ticket's requester answers: the mail that opened it, of that ticket's past.
std::string first_mail_of(const std::string& from) {
  static constexpr std::array people{"acme", "birch", "cedar", "delta", "elm", "fir", "gale", "hazel"};
  for (const std::string name : people)
    if (from.find("@" + name + ".example") != std::string::npos)
      return fmt::format("past_{0}.1@{0}.example", name);
  return {};
}

/// One of an author's mails, "FROM, SUBJECT, an empty line, text", as a verified sender would have sent it.
std::string as_message(const Label& label, bool answers, std::string_view written, int number) {
  const auto end = written.find("\n\n");
  const std::string head(written.substr(0, end));
  const std::string from = head.substr(0, head.find('\n'));
  const auto at = from.rfind('@');
  const std::string domain = from.substr(at + 1, from.rfind('>') - at - 1);
  std::string out =
      fmt::format("Authentication-Results: mx.oind.test; dmarc=pass header.from={}\n{}\n", domain, head);
  out += fmt::format("To: {}@oind.test\nDate: Fri, 04 Dec 2026 {:02}:{:02}:00 +0000\n", label.mailbox,
                     number / 60, number % 60);
  out += fmt::format("Message-ID: <{}.{}@{}>\n", label.set(), number, domain);
  if (const std::string opened = first_mail_of(from); answers && !opened.empty())
    out += fmt::format("In-Reply-To: <{0}>\nReferences: <{0}>\n", opened);
  out += "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n";
  if (end != std::string_view::npos) out += written.substr(end + 2);
  return out;
}

/// All mails of one author's file, each behind a heading "=== intent=… mailbox=… lang=… thread=…".
std::vector<LabelledMail> mails_of_author(const fs::path& file) {
  const std::string text = "\n" + bytes_of(file);
  constexpr std::string_view mark = "\n=== ";
  std::vector<LabelledMail> out;
  for (auto at = text.find(mark); at != std::string::npos;) {
    const auto next = text.find(mark, at + 1);
    const auto begin = at + mark.size(), line = text.find('\n', begin);
    const std::string_view heading = std::string_view(text).substr(begin, line - begin);
    const int number = static_cast<int>(out.size()) + 1;
    Label label;
    label.file = fmt::format("{}/{}", file.stem().string(), number);
    label.intent = value_of(heading, "intent");
    label.mailbox = value_of(heading, "mailbox");
    label.language = value_of(heading, "lang");
    label.intent_only = true;
    const auto written =
        std::string_view(text).substr(line + 1, next == std::string::npos ? next : next - line);
    std::string bytes = as_message(label, value_of(heading, "thread") == "yes", written, number);
    out.push_back({std::move(label), std::move(bytes)});
    at = next;
  }
  return out;
}

std::string other(const std::string& mailbox) { return mailbox == "oin" ? "developers" : "oin"; }

}  // namespace

std::vector<LabelledMail> labelled_set() {
  std::vector<LabelledMail> out = filed_mails();
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder / "authors")) files.push_back(entry.path());
  std::ranges::sort(files);
  for (const fs::path& file : files) std::ranges::move(mails_of_author(file), std::back_inserter(out));
  return out;
}

std::vector<Judged> judge_labelled_set(Judging how) {
  const Office office = office_of_the_set(how.by_cues_alone);
  const TemporaryFolder temporary;
  const auto store = store::open_sqlite(temporary.path() / "oind.db", store::Access::daemon).value();
  relive_past(*store, office);
  auto tx = store->begin_read().value();
  std::vector<Judged> out;
  for (LabelledMail& each : labelled_set()) {
    const ReadMail read = read_mail(each.bytes, 0, office);
    if (!read.failure.empty()) throw std::runtime_error(each.label.file + ": " + read.failure);
    const std::string mailbox = how.swapped ? other(each.label.mailbox) : each.label.mailbox;
    const Reception reception = receive(*tx, office, read, mailbox, 0, labelled_now, labelled_now).value();
    const bool touched = !reception.decision.events.empty();
    out.push_back({std::move(each.label), reception.intent, touched ? reception.after.queue : "-",
                   read.wording.telling});
  }
  return out;
}

}  // namespace oin::test
