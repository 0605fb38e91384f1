#include <fmt/format.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <chrono>
#include <sstream>
#include <thread>

#include "tests/bench/desk/bare_client.hpp"
#include "tests/bench/desk/measurements.hpp"
#include "tests/bench/desk/sample_mails.hpp"

namespace oin::bench {
namespace {

using namespace std::chrono_literals;

/// Sees a file appear in a Maildir's new/ at once, where polling would share the cores with what it measures.
class Inbox {
 public:
  explicit Inbox(const std::filesystem::path& maildir) : fd_(::inotify_init1(IN_CLOEXEC)) {
    if (::inotify_add_watch(fd_, (maildir / "new").c_str(), IN_MOVED_TO | IN_CREATE) < 0)
      throw std::runtime_error("cannot watch " + maildir.string());
  }
  ~Inbox() { ::close(fd_); }
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;

  /// The moment of the next arrival.
  double next() {
    pollfd waiting{fd_, POLLIN, 0};
    if (::poll(&waiting, 1, 20'000) != 1) throw std::runtime_error("no answer came within 20 s");
    const double at = now_seconds();
    alignas(inotify_event) char events[4096];
    if (::read(fd_, events, sizeof events) <= 0) throw std::runtime_error("inotify ended");
    return at;
  }

 private:
  int fd_;
};

/// From each push to its answer's final dot, by the lines of oind's own log, in ms.
std::vector<double> pushes_to_dots(const std::string& log) {
  std::vector<double> out;
  double pushed_at = 0;
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);) {
    static const std::string news = "mailbox.news mailbox=oin exists_age_us=";
    if (const auto at = line.find(news); at != std::string::npos)
      pushed_at = time_of(line) - std::stod(line.substr(at + news.size())) / 1e6;
    else if (line.find("letter.dot ") != std::string::npos && pushed_at > 0) {
      out.push_back((time_of(line) - pushed_at) * 1000);
      pushed_at = 0;
    }
  }
  return out;
}

}  // namespace

void measure_latency(Rig& rig, const Plan& plan, Report& report) {
  constexpr int warm_up = 2;  // opens oind's connection to Postfix and the bare client's way through all code
  rig.configure("debug", rig.port("SMTP_PORT"));
  BareClient bare(rig);
  for (const char* account :
       {"developers@oind.test", "bulk@bulk.test", "oin@oind.test", "reviewer@oind.test"})
    bare.open(account);
  bare.uids();
  bare.open_smtp();
  rig.start_desk();
  rig.wait_until_ready();
  std::this_thread::sleep_for(1s);
  const double idle = rig.memory("VmRSS");

  Inbox inbox(rig.maildir("bulk@bulk.test"));
  std::vector<double> arrivals, bare_times;
  std::string letter;
  smtp::Envelope envelope;
  for (int i = 0; i < warm_up + plan.latency_mails; ++i) {
    // Both by turns, so that whatever else the machine does falls on both.
    const double handed_over =
        hand_over(rig, fmt::format("q{}@bulk.test", i), "oin@oind.test", question(i, "latency"));
    const double arrival = inbox.next() - handed_over;
    std::this_thread::sleep_for(50ms);
    if (letter.empty()) {
      const auto first = must(must(rig.reader().begin_read())->letter(1));
      if (!first) throw std::runtime_error("the first mail brought no letter");
      letter = first->bytes;
      envelope = {first->reverse_path, {"bare@bulk.test"}};
    }
    std::thread hands_over([&] {
      std::this_thread::sleep_for(20ms);  // until IDLE stands
      hand_over(rig, fmt::format("q{}@bulk.test", i), "reviewer@oind.test", question(i, "bare"));
    });
    const auto joined = std::shared_ptr<void>(nullptr, [&](void*) { hands_over.join(); });
    const double bare_time = bare.answer_next(envelope, letter);
    inbox.next();  // the bare client's letter
    if (i < warm_up) continue;
    arrivals.push_back(arrival * 1000);
    bare_times.push_back(bare_time * 1000);
  }
  std::vector<double> desk = pushes_to_dots(rig.log());
  rig.stop_desk();
  if (desk.size() != static_cast<std::size_t>(warm_up + plan.latency_mails))
    throw std::runtime_error(fmt::format("{} mails were answered, the log tells of {}",
                                         warm_up + plan.latency_mails, desk.size()));
  desk.erase(desk.begin(), desk.begin() + warm_up);

  const double own = median(desk) - median(bare_times);
  const double own_p99 = quantile(desk, 0.99) - median(bare_times);
  report.section(fmt::format("An idle desk answers one mail, {} times", plan.latency_mails));
  report.line("oind, from the push (EXISTS) to the answer's final dot", median_and_p99(desk));
  report.line("a bare client, the same fetch and SMTP dialogue", median_and_p99(bare_times));
  report.line("oind's own share", fmt::format("median {:.1f} ms  p99 {:.1f} ms", own, own_p99),
              "median < 30 ms", own < 30);
  report.line("from LMTP hand-over to the answer in the inbox", median_and_p99(arrivals));
  report.line("resident memory, idle after start, MiB", fmt::format("{:.1f}", idle), "< 40", idle < 40);
  report.note(
      fmt::format("own share: against the bare client's median; with {} mails p99 is the slowest of them",
                  plan.latency_mails));
  report.note("of the time from hand-over to inbox, 500 ms are Dovecot's own wait before it pushes");
}

}  // namespace oin::bench
