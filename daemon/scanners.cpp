#include "daemon/scanners.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>

#include "daemon/scan/clamd.hpp"
#include "daemon/scan/rspamd.hpp"

namespace oin {
namespace {

using namespace boost::asio::experimental::awaitable_operators;
using scan::Verdict;

constexpr int tries_of_a_mail = 5;
constexpr std::chrono::seconds longest_ping{10};

scan::Address address_of(const ScannerSettings& scanner) {
  return {scanner.unix_path.string(), scanner.host, scanner.port};
}

Task<Verdict> ask(net::CurlLoop& loop, const ScannerSettings& scanner, std::string_view mail) {
  auto address = address_of(scanner);
  if (scanner.kind == ScannerSettings::Kind::clamd)
    co_return co_await scan::ask_clamd(std::move(address), mail, scanner.time);
  auto unwanted = scanner.unwanted;
  co_return co_await scan::ask_rspamd(loop, std::move(address), mail, std::move(unwanted), scanner.time);
}

Task<void> ping(net::CurlLoop& loop, const ScannerSettings& scanner) {
  auto address = address_of(scanner);
  const auto deadline = std::min(scanner.time, longest_ping);
  if (scanner.kind == ScannerSettings::Kind::clamd)
    co_return co_await scan::ping_clamd(std::move(address), deadline);
  co_return co_await scan::ping_rspamd(loop, std::move(address), deadline);
}

}  // namespace

/// One call of scan(): its workers take mail after mail until there is none, or one could not be judged.
struct Scanners::Round {
  std::vector<Arrival>& window;
  std::shared_ptr<const Office> office;
  std::size_t next = 0;
  std::optional<Error> failed{};
};

Scanners::Scanners(const CurrentOffice& office, const Clock& clock, net::CurlLoop& loop)
    : office_(office), clock_(clock), loop_(loop) {}

Task<void> Scanners::scan(std::vector<Arrival>& window) {
  Round round{window, office_.get()};
  const auto& scanners = round.office->settings.scanners;
  if (scanners.empty() || window.empty()) co_return success();
  // Which of several made a scanner fall is told by showing them one by one.
  const bool any_suspect = std::ranges::any_of(window, &Arrival::suspect);
  const int side_by_side =
      any_suspect ? 1 : std::ranges::min(scanners, {}, &ScannerSettings::concurrent).concurrent;
  co_await show_side_by_side(round, std::min(side_by_side, static_cast<int>(window.size())));
  if (round.failed) co_return *std::move(round.failed);
  co_return success();
}

asio::awaitable<void> Scanners::show_side_by_side(Round& round, int mails) {
  if (mails <= 1) co_return co_await show(round);
  co_await (show(round) && show_side_by_side(round, mails - 1));
}

asio::awaitable<void> Scanners::show(Round& round) {
  while (!round.failed && round.next < round.window.size()) {
    Arrival& mail = round.window[round.next++];
    if (mail.scanned || !mail.bytes) continue;
    auto shown = co_await show_to_all(round.office->settings.scanners, mail);
    if (!shown) round.failed = std::move(shown).error();
  }
}

Task<void> Scanners::show_to_all(const std::vector<ScannerSettings>& scanners, Arrival& mail) {
  for (const ScannerSettings& scanner : scanners) {
    OIN_CO_TRYV(co_await show_to(scanner, mail));
    if (!mail.refused.empty()) break;
  }
  mail.scanned = true;
  co_return success();
}

Task<void> Scanners::show_to(const ScannerSettings& scanner, Arrival& mail) {
  if (mail.bytes->size() > scanner.message_bytes) {
    if (!scanner.pass_larger)
      mail.refused =
          fmt::format("{}: not scanned, larger than {} bytes", scanner.name, scanner.message_bytes);
    co_return success();
  }
  const auto named = [&](Error error) {
    return std::move(error).in(fmt::format("scanner {} at {}", scanner.name, to_text(address_of(scanner))));
  };
  // A mail may bring its scanner down, which then answers nobody: was it up before?
  const bool was_suspect = mail.suspect;
  if (was_suspect) {
    if (auto up = co_await ping(loop_, scanner); !up) {
      Error away = named(std::move(up).error());
      note(scanner.name, &away);
      co_return away;
    }
  }
  auto verdict = co_await ask(loop_, scanner, *mail.bytes);
  if (verdict) {
    note(scanner.name, nullptr);
    switch (verdict.value().kind) {
      case Verdict::Kind::wanted:
        break;
      case Verdict::Kind::unwanted:
        mail.refused = fmt::format("{}: {}", scanner.name, verdict.value().why);
        break;
      case Verdict::Kind::unable:
        if (!scanner.pass_larger)
          mail.refused = fmt::format("{}: not scanned, {}", scanner.name, verdict.value().why);
        break;
    }
    co_return success();
  }
  if (verdict.error().fault == Fault::stopping) co_return std::move(verdict).error();
  Error why = named(std::move(verdict).error());
  note(scanner.name, &why);
  mail.suspect = true;
  const bool is_up = was_suspect || (co_await ping(loop_, scanner)).has_value();
  if (is_up && ++mail.scans_failed >= tries_of_a_mail) {
    mail.refused =
        fmt::format("{}: could not be scanned in {} tries: {}", scanner.name, mail.scans_failed, why.what);
    co_return success();
  }
  co_return why;
}

void Scanners::note(const std::string& scanner, const Error* error) {
  State& state = states_[scanner];
  const std::string_view is = error ? "failing" : "answering";
  if (state.is != is) state.is = is, state.since = clock_.now();
  state.last_error = error ? error->what : std::string();
}

Json Scanners::status() const {
  Json out = Json::array();
  const auto office = office_.get();
  for (const ScannerSettings& scanner : office->settings.scanners) {
    const auto it = states_.find(scanner.name);
    const State state = it == states_.end() ? State{} : it->second;
    out.push_back({{"name", scanner.name},
                   {"kind", scanner.kind == ScannerSettings::Kind::clamd ? "clamd" : "rspamd"},
                   {"address", to_text(address_of(scanner))},
                   {"state", state.is},
                   {"since", it == states_.end() ? Json() : Json(to_rfc3339(state.since))},
                   {"last_error", state.last_error.empty() ? Json() : Json(state.last_error)}});
  }
  return out;
}

}  // namespace oin
