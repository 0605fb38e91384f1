/// bench_desk: the real oind against real servers, measured and held beside its goals.  Exit status 0 when
/// everything was measured, whatever the numbers; 1 when something could not be; 2 for a wrong argument.
///
/// The bench itself is a child of this program, so that however it ends, by Ctrl-C too, its parent takes away
/// the servers and the folder.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "daemon/net/curl_loop.hpp"
#include "tests/bench/desk/measurements.hpp"

namespace {

namespace fs = std::filesystem;
using namespace oin::bench;

volatile sig_atomic_t child = 0;

void pass_on(int number) {
  if (child > 0) ::kill(child, number);
}

int measure(const fs::path& folder, const Plan& plan, const std::string& only) {
  const oin::net::CurlGlobal curl;
  Report report;
  const auto wanted = [&](const char* part) { return only.empty() || only == part; };
  try {
    const auto say = [](const char* what) { std::cout << "measuring " << what << " …" << std::endl; };
    if (wanted("latency") || wanted("reading") || wanted("submissions")) {
      Rig rig(folder / "a");
      if (wanted("latency")) say("latency"), measure_latency(rig, plan, report);
      if (wanted("reading")) say("reading"), measure_reading(rig, report);
      if (wanted("submissions")) say("submissions"), measure_submissions(rig, report);
    }
    if (wanted("intake")) {
      say("intake");
      Rig rig(folder / "b");
      measure_intake(rig, plan, report);
    }
  } catch (const std::exception& failed) {
    report.print();
    std::cerr << "bench: not measured: " << failed.what() << "\n";
    return 1;
  }
  report.print();
  return 0;
}

void tidy_up(const fs::path& folder) {
  for (const char* rig : {"a", "b"}) {
    if (!fs::exists(folder / rig / "mail")) continue;
    Rig::end_forgotten_desk(folder / rig);
    oin::test::run({std::string(OIND_SOURCE_DIR) + "/tests/support/mail-servers", "remove",
                    (folder / rig / "mail").string()});
  }
  std::error_code ignored;
  fs::remove_all(folder, ignored);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"speed and size of oind, measured against plain clients in the same run"};
  Plan plan;
  std::string only;
  app.add_option("--mails", plan.mails, "how many mails wait for the intake")->check(CLI::Range(1, 100'000));
  app.add_option("--rounds", plan.rounds, "how often the intake is measured")->check(CLI::Range(1, 20));
  app.add_option("--latency-mails", plan.latency_mails, "how often latency is measured")
      ->check(CLI::Range(1, 1000));
  app.add_option("--only", only, "one part")
      ->check(CLI::IsMember({"latency", "reading", "submissions", "intake"}));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  }
  char name[] = "/tmp/oind-bench.XXXXXX";
  if (::mkdtemp(name) == nullptr) {
    std::cerr << "bench: no temporary folder\n";
    return 1;
  }
  const fs::path folder(name);
  fs::permissions(folder, fs::perms(0755));
  std::cout.flush();
  const int pid = ::fork();
  if (pid == 0) {
    const int status = measure(folder, plan, only);
    std::cout.flush();
    ::_exit(status);
  }
  child = pid;
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) ::signal(number, pass_on);
  int raw = 0;
  while (pid > 0 && ::waitpid(pid, &raw, 0) < 0 && errno == EINTR) {
  }
  tidy_up(folder);
  return pid > 0 && WIFEXITED(raw) ? WEXITSTATUS(raw) : 1;
}
