#include <fmt/format.h>

#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <thread>

#include "tests/bench/desk/bare_client.hpp"
#include "tests/bench/desk/measurements.hpp"
#include "tests/bench/desk/sample_mails.hpp"

namespace oin::bench {
namespace {

using namespace std::chrono_literals;

constexpr auto longest_run = std::chrono::minutes(10);

/// A server that takes connections and never says a word: letters wait at it at no cost, where a refused
/// connection would have oind write down ten thousand failures in the middle of what is measured.
class SilentServer {
 public:
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
  asio::io_context io_;
  asio::ip::tcp::acceptor acceptor_{io_, {asio::ip::address_v4::loopback(), 0}};  // the backlog answers
};

template <class Holds>
double wait_until(Holds holds, std::chrono::milliseconds every, const std::string& what) {
  const auto until = std::chrono::steady_clock::now() + longest_run;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > until)
      throw std::runtime_error(fmt::format("{} did not come within {} min", what, longest_run.count()));
    std::this_thread::sleep_for(every);
  }
  return now_seconds();
}

store::OutboxSize outbox(Rig& rig) { return must(must(rig.reader().begin_read())->outbox_size()); }

struct Run {
  double recorded = 0;      ///< seconds from the opened mailbox to the last mail's commit
  double housekeeping = 0;  ///< from there until all mails are flagged on the server
  double drained = 0;       ///< from the opened mailbox to an empty outbox
  int letters = 0;
  double peak = 0;  ///< MiB
  double cpu = 0;   ///< seconds of oind's processor time until the last mail was recorded
};

Run run_desk(Rig& rig, std::uint32_t last_uid, bool send) {
  Run run;
  rig.start_desk();
  const double opened = rig.logged_at("mailbox.open mailbox=oin");
  const double cpu_before = rig.cpu_seconds();
  const auto all_recorded = [&] {
    return must(must(rig.reader().begin_read())->position("oin")).last_uid >= last_uid;
  };
  const double recorded = wait_until(all_recorded, 5ms, "the last mail's record");
  run.recorded = recorded - opened;
  run.cpu = rig.cpu_seconds() - cpu_before;
  if (send) {
    const auto empty = [&] {
      const store::OutboxSize size = outbox(rig);
      return size.queued + size.sending == 0;
    };
    run.drained = wait_until(empty, 50ms, "an empty outbox") - opened;
  }
  rig.wait_until_ready();
  run.housekeeping = now_seconds() - recorded;
  const store::OutboxSize size = outbox(rig);
  run.letters = send ? size.sent : size.queued + size.sending;
  run.peak = rig.memory("VmHWM");
  rig.stop_desk();
  return run;
}

}  // namespace

void measure_intake(Rig& rig, const Plan& plan, Report& report) {
  {
    BareClient maker(rig);
    for (const char* account : {"developers@oind.test", "bulk@bulk.test", "oin@oind.test"})
      maker.open(account);
  }
  for (int i = 1; i <= plan.mails; ++i) rig.drop("oin@oind.test", question(i, "intake"));

  std::vector<std::uint32_t> uids;
  std::vector<double> plain, desk, housekeeping, cpu;
  std::size_t bytes = 0;
  double peak = 0;
  const SilentServer silent;
  rig.configure("info", silent.port());
  for (int round = 0; round < plan.rounds; ++round) {
    {
      BareClient client(rig);
      client.open("oin@oind.test");
      uids = client.uids();
      if (static_cast<int>(uids.size()) != plan.mails)
        throw std::runtime_error(fmt::format("{} mails were put in, {} are listed", plan.mails, uids.size()));
      if (round == 0) client.fetch(uids);  // the server's caches are warm for both
      const BareClient::Fetched fetched = client.fetch(uids);
      plain.push_back(plan.mails / fetched.seconds);
      bytes = fetched.bytes;
    }
    const Run run = run_desk(rig, uids.back(), false);
    if (run.letters < plan.mails)
      throw std::runtime_error(fmt::format("{} mails brought only {} letters", plan.mails, run.letters));
    desk.push_back(plan.mails / run.recorded);
    housekeeping.push_back(run.housekeeping);
    cpu.push_back(run.cpu / plan.mails * 1e6);
    peak = std::max(peak, run.peak);
  }
  rig.configure("info", rig.port("SMTP_PORT"));
  const Run sending = run_desk(rig, uids.back(), true);
  peak = std::max(peak, sending.peak);

  const double ratio = median(desk) / median(plain);
  report.section(fmt::format("Intake: {} waiting mails of {:.1f} KiB, {} rounds by turns", plan.mails,
                             static_cast<double>(bytes) / plan.mails / 1024, plan.rounds));
  report.line("plain pipelined UID FETCH, mails/s", spread(plain, 0));
  report.line("oind, mails/s recorded with ticket and letter", spread(desk, 0));
  report.line("oind as a share of the plain fetch", fmt::format("{:.2f}", ratio), "≥ 0.40", ratio >= 0.4);
  report.line("oind's processor time, µs a mail", spread(cpu, 0));
  report.line("flagging them on the server afterwards, s", spread(housekeeping, 1));
  report.line("oind with sending on, mails/s recorded", fmt::format("{:.0f}", plan.mails / sending.recorded));
  report.line("letters/s until the outbox is empty",
              fmt::format("{:.0f}  ({} letters in {:.1f} s)", sending.letters / sending.drained,
                          sending.letters, sending.drained));
  report.line("resident memory at its peak, MiB", fmt::format("{:.1f}", peak));
  report.note(
      "oind from the opened mailbox to the last commit; its letters wait at a server that never greets");
  report.note("with sending on, Postfix, Dovecot's LMTP and oind share the cores: Postfix is the limit");
}

}  // namespace oin::bench
