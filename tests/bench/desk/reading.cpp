#include <fmt/format.h>
#include <time.h>

#include <chrono>
#include <filesystem>

#include "daemon/intake.hpp"
#include "daemon/letter_writer.hpp"
#include "daemon/reception.hpp"
#include "daemon/workflow/classify.hpp"
#include "tests/bench/desk/measurements.hpp"
#include "tests/bench/desk/sample_mails.hpp"

namespace oin::bench {
namespace {

/// Seconds of processor time this thread has used: what else runs on the machine is not counted.
double thread_seconds() {
  timespec used{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

/// Adds the processor time of its own life to a sum.
class Timer {
 public:
  explicit Timer(double& sum) : sum_(sum) {}
  ~Timer() { sum_ += thread_seconds() - began_; }
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

 private:
  double& sum_;
  double began_ = thread_seconds();
};

std::string parse_speed(const std::string& mail) {
  double seconds = 0;
  std::size_t times = 0;
  for (; seconds < 0.6; ++times) {
    const Timer timer(seconds);
    const Mail read = parse_mail(mail);
    if (read.text.empty()) throw std::runtime_error("a sample mail has no text");
  }
  const double bytes = static_cast<double>(mail.size() * times);
  return fmt::format("{:.0f} MB/s  ({:.0f} µs each)", bytes / seconds / 1e6,
                     seconds / static_cast<double>(times) * 1e6);
}

struct Steps {
  double read = 0, submission = 0, wording = 0, receive = 0, write = 0, file = 0, commit = 0;
  int mails = 0, letters = 0;
};

/// What intake does with mails, on this one thread and with a store of its own.
Steps walk(const Office& office, store::Store& store, int mails) {
  constexpr int window = 200;
  Steps steps;
  const Instant now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  while (steps.mails < mails) {
    std::vector<ReadMail> read;
    for (int i = 0; i < window; ++i) {
      const std::string raw = question(steps.mails + i, "walk");
      const Timer timer(steps.read);
      read.push_back(read_mail(raw, 0, office));
    }
    const auto tx = must(store.begin());
    for (const ReadMail& mail : read) {
      {
        const Timer timer(steps.submission);
        read_submission(mail.mail);
      }
      {
        const Timer timer(steps.wording);
        wording(office.desk, mail.mail);
      }
      {
        const Timer timer(steps.receive);
        must(receive(*tx, office, mail, "oin", 0, now, now));
      }
      Filed filed;
      {
        const Timer timer(steps.file);
        filed = must(file_mail(*tx, office, mail, "oin", now, now));
      }
      const Timer timer(steps.write);
      must(word_letters(*tx, office, filed.letters));
      steps.letters += static_cast<int>(filed.letters.size());
    }
    const Timer timer(steps.commit);
    must(tx->commit());
    steps.mails += window;
  }
  return steps;
}

}  // namespace

void measure_reading(const Rig& rig, Report& report) {
  constexpr std::size_t attachment_bytes = 5'000'000;
  const std::string large = mail_with_attachment(attachment_bytes);
  const Mail read = parse_mail(large);
  if (read.attachments.size() != 1 || read.attachments[0].content.size() != attachment_bytes)
    throw std::runtime_error("the sample attachment is not read");
  report.section("Reading alone, one thread, no network; processor time");
  report.line("parse_mail, a question in plain text of 4 KiB", parse_speed(question(1, "parse")));
  report.line("parse_mail, HTML of 30 KiB in quoted-printable", parse_speed(html_mail()));
  report.line("parse_mail, an attachment of 5 MB in base64", parse_speed(large));

  Problems problems;
  Configuration configuration = load(rig.settings(), problems);
  if (!problems.empty()) throw std::runtime_error(problems.front());
  const Office office = must(open_office(std::move(configuration)));
  const auto path = rig.settings().parent_path() / "walk.db";
  Steps steps;
  {
    const auto store = must(store::open_sqlite(path, store::Access::daemon));
    steps = walk(office, *store, 2000);
  }
  std::filesystem::remove(path);
  if (steps.letters < steps.mails) throw std::runtime_error("not every mail brought its letter");
  const auto each = [&](double seconds) {
    return fmt::format("{:.0f} µs a mail", seconds / steps.mails * 1e6);
  };
  report.line("read_mail: digest, parse, submission, wording, zstd", each(steps.read));
  report.line("  of it read_submission", each(steps.submission));
  report.line("  of it wording", each(steps.wording));
  report.line("receive: sender, ticket, intent, decision", each(steps.receive));
  report.line("word_letters: render, compose, store", each(steps.write));
  report.line("store: mail, events, letter, search index", each(steps.file - steps.receive));
  report.line("commit, in transactions of 200", each(steps.commit));
  report.line("all of it", each(steps.read + steps.file + steps.write + steps.commit));
}

}  // namespace oin::bench
