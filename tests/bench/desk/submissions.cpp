#include <fmt/format.h>

#include <chrono>
#include <filesystem>

#include "daemon/reception.hpp"
#include "tests/bench/desk/measurements.hpp"
#include "tests/bench/desk/sample_mails.hpp"

namespace oin::bench {
namespace {

constexpr double files_goal_ms = 50;

/// Milliseconds by the clock on the wall: a PDF is read by a process of its own.
double milliseconds(const auto& work) {
  const auto began = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
}

}  // namespace

void measure_submissions(const Rig& rig, Report& report) {
  Problems problems;
  Configuration configuration = load(rig.settings(), problems);
  if (!problems.empty()) throw std::runtime_error(problems.front());
  const Office office = must(open_office(std::move(configuration)));
  const auto path = rig.settings().parent_path() / "submissions.db";
  const auto store = must(store::open_sqlite(path, store::Access::daemon));
  const Instant now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto tx = must(store->begin_read());

  const auto decide_on = [&](const std::string& raw) {
    const ReadMail read = read_mail(raw, 0, office);
    const Reception reception = must(receive(*tx, office, read, "oin", 0, now, now));
    if (reception.intent.name != "submission")
      throw std::runtime_error("the form was taken for " + reception.intent.name);
    return reception.after.issues.size();
  };
  constexpr int many = 1000, few = 20;
  std::size_t issues = 0;
  const double plain = milliseconds([&] {
    for (int i = 0; i < many; ++i) issues += decide_on(submission(i));
  });
  std::vector<double> with_files;
  for (int i = 0; i < few; ++i) {
    const std::string raw = submission_with_files(i);
    with_files.push_back(milliseconds([&] { decide_on(raw); }));
  }
  std::filesystem::remove(path);
  report.section("Submissions, one thread, from the mail's bytes to the decision with all checks");
  report.line("a form for SAML and SCIM, submissions/s",
              fmt::format("{:.0f}  ({:.0f} µs each)", many / plain * 1000, plain / many * 1000));
  report.line("  issues found in each", fmt::format("{:.1f}", static_cast<double>(issues) / many));
  report.line("the same with ten files, ms", spread(with_files, 1),
              fmt::format("median < {:.0f} ms", files_goal_ms), median(with_files) < files_goal_ms);
  report.note("a PDF among the files is read by a process of its own, which is most of the time");
}

}  // namespace oin::bench
