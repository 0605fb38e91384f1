#include "daemon/look_ups.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>

#include "daemon/bookkeeping.hpp"
#include "daemon/guide_text.hpp"
#include "daemon/log.hpp"
#include "daemon/net/web_fetch.hpp"
#include "daemon/reading.hpp"
#include "daemon/workflow/look_ups.hpp"

namespace oin {
namespace {

constexpr std::size_t longest_line = 10'000;  ///< beyond it a ticket's timer brings it again
constexpr auto token = asio::as_tuple(asio::use_awaitable);

net::WebRules web_rules(const Settings::LookUps& settings) {
  net::WebRules rules;
  rules.hosts = settings.hosts;
  for (const std::string& text : settings.allow_addresses)
    if (const auto range = net::address_range(text)) rules.allowed_addresses.push_back(*range);
  rules.time = settings.time;
  rules.bytes = settings.bytes;
  rules.redirects = settings.redirects;
  rules.resolve = settings.resolve;
  rules.ca_file = settings.tls_ca_file;
  rules.user_agent = "oind-link-check/" OIND_VERSION;
  return rules;
}

LinkSeen::End end_of(const net::WebPage& page) {
  using net::WebEnd;
  switch (page.end) {
    case WebEnd::answered:
      return LinkSeen::End::answered;
    case WebEnd::too_large:  // it opens; no more is asked of most links
      return page.status > 0 ? LinkSeen::End::answered : LinkSeen::End::undecided;
    case WebEnd::unknown_host:
      return LinkSeen::End::unknown_host;
    case WebEnd::bad_certificate:
      return LinkSeen::End::bad_certificate;
    case WebEnd::bad_url:
    case WebEnd::host_refused:
    case WebEnd::address_refused:
    case WebEnd::unreachable:
    case WebEnd::tls_failed:
    case WebEnd::too_many_redirects:
    case WebEnd::timed_out:
    case WebEnd::stopping:
      break;
  }
  return LinkSeen::End::undecided;
}

/// On the parsers' threads: a PDF takes its program's time.
asio::awaitable<LinkSeen> read_page(LinkSeen seen, net::WebPage page, std::shared_ptr<const Office> office) {
  if (seen.link.kind == WebLink::Kind::guide)
    seen.guide = std::make_shared<const Guide>(guide_text(page.body, guide_reader(office->settings.parse)));
  if (seen.link.kind == WebLink::Kind::metadata) seen.metadata = saml_metadata(page.body);
  co_return seen;
}

void log_link(TicketId ticket, const LinkSeen& seen) {
  const LinkVerdict found = verdict(seen);
  log::info("link.opened ticket={} field={} url={} status={} seen={} why={}", reference(ticket),
            seen.link.field, log::field(shown_address(seen.link)), seen.status,
            found.seen.value_or("undecided"), log::field(found.why));
}

}  // namespace

LookUps::LookUps(const CurrentOffice& office, StoreWorker& store, asio::thread_pool& parsers,
                 const Clock& clock, net::CurlLoop& web, std::function<void()> on_recorded)
    : office_(office),
      store_(store),
      parsers_(parsers),
      clock_(clock),
      web_(web),
      on_recorded_(std::move(on_recorded)),
      line_(web.executor(), longest_line) {}

void LookUps::look_up(TicketId ticket) {
  if (at_hand_.insert(ticket).second && !line_.try_send(boost::system::error_code(), ticket))
    at_hand_.erase(ticket);
}

asio::awaitable<void> LookUps::run() {
  for (;;) {
    const auto [failed, ticket] = co_await line_.async_receive(token);
    if (failed) co_return;
    co_await attend(ticket);
  }
}

asio::awaitable<void> LookUps::once() {
  while (line_.ready()) {
    const auto [failed, ticket] = co_await line_.async_receive(token);
    if (failed) co_return;
    co_await attend(ticket);
  }
}

asio::awaitable<void> LookUps::attend(TicketId ticket) {
  const auto done = co_await look(ticket);
  at_hand_.erase(ticket);
  if (!done && done.error().fault != Fault::stopping)
    log::error("links.failed ticket={} why={}", reference(ticket), log::field(done.error().what));
}

Task<void> LookUps::look(TicketId id) {
  const auto office = office_.get();
  std::function<Result<Ticket>(store::Transaction&)> read = [office,
                                                             id](store::Transaction& tx) -> Result<Ticket> {
    OIN_TRY(Ticket ticket, tx.ticket(id));
    if (!look_up_at(office->desk, ticket)) {
      OIN_TRYV(tx.cancel_timer(id, look_up_timer));
    }
    return ticket;
  };
  OIN_CO_TRY(const Ticket ticket, co_await store_.run(std::move(read)));
  if (!look_up_at(office->desk, ticket)) co_return success();
  LinksSeen seen{ticket.revision, {}};
  for (const WebLink& link : links_of(*ticket.submission, office->desk.links_per_submission)) {
    OIN_CO_TRY(LinkSeen one, co_await open(link, office));
    log_link(id, one);
    seen.links.push_back(std::move(one));
  }
  OIN_CO_TRY(const int letters, co_await record(id, std::move(seen)));
  log::info("links.looked ticket={} revision={} letters={}", reference(id), ticket.revision, letters);
  on_recorded_();
  co_return success();
}

Task<LinkSeen> LookUps::open(WebLink link, std::shared_ptr<const Office> office) {
  net::WebRules rules = web_rules(office->settings.look_ups);
  net::WebPage page = co_await net::fetch(web_, link.url, std::move(rules));
  if (page.end == net::WebEnd::stopping) co_return stopping();
  LinkSeen seen{std::move(link), end_of(page), page.status, page.url, page.why, nullptr};
  const bool whole = page.end == net::WebEnd::answered && page.status >= 200 && page.status < 300;
  if (!whole || seen.link.kind == WebLink::Kind::page) co_return seen;
  auto reading = read_page(std::move(seen), std::move(page), std::move(office));
  co_return co_await asio::co_spawn(parsers_.get_executor(), std::move(reading), asio::use_awaitable);
}

Task<int> LookUps::record(TicketId id, LinksSeen seen) {
  std::function<Result<int>(store::Transaction&)> job =
      [this, office = office_.get(), id, seen = std::move(seen)](store::Transaction& tx) -> Result<int> {
    OIN_TRYV(tx.cancel_timer(id, look_up_timer));  // a later revision sets it again
    OIN_TRY(const Decided done, decide_and_record(tx, *office, id, seen, clock_.now()));
    return done.letters;
  };
  co_return co_await store_.run(std::move(job));
}

}  // namespace oin
