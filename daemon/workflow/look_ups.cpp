#include "daemon/workflow/look_ups.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "daemon/workflow/draft.hpp"
#include "daemon/workflow/participants.hpp"
#include "daemon/workflow/review_letters.hpp"
#include "daemon/workflow/revision.hpp"
#include "daemon/workflow/submission_facts.hpp"
#include "parsers/ascii.hpp"
#include "parsers/guide_details.hpp"
#include "parsers/submission_files.hpp"

namespace oin {
namespace {

using Details = std::map<std::string, std::vector<std::string>>;

/// With fewer words a page may be the frame of one that its scripts write: nothing is held against it.
constexpr std::size_t fewest_words = 150;

bool still_stands(const Submission& submission, const WebLink& link) {
  const auto now = submission.fields.find(link.field);
  return now != submission.fields.end() && now->second.items.size() == 1 &&
         stripped(now->second.items.front()) == link.url;
}

/// A web page with neither headings nor numbered steps is a frame, a menu or a notice, whatever it is about.
bool is_readable(const Guide& guide) {
  if (!guide.defects.empty()) return false;
  if (guide.format == GuideFormat::other) return true;
  if (guide.words < fewest_words) return false;
  return guide.format != GuideFormat::html || guide.headings.size() > 1 || guide.ordered_items > 2;
}

void add_guide(Details& details, const LinkSeen& seen, const Submission& submission, std::string& note) {
  if (!seen.guide || !is_readable(*seen.guide)) {
    note = "it opens; what it says is for a person to read";
    return;
  }
  const std::string scope = seen.link.field.substr(0, seen.link.field.find('.'));
  for (auto& [what, values] : guide_details(*seen.guide, submission, scope))
    details[seen.link.field + ":" + what] = std::move(values);
}

/// An attached file speaks louder than a link beside it.
void add_metadata(Details& details, const LinkSeen& seen, const Submission& submission) {
  constexpr auto source = "saml.metadata:url";
  const auto any = submission.details.lower_bound("saml.metadata:");
  const bool attached = any != submission.details.end() && any->first.starts_with("saml.metadata:") &&
                        !submission.details.contains(source);
  if (attached) return;
  details[source] = {seen.link.url};
  if (!seen.metadata) return;
  for (auto& [name, values] : metadata_details(*seen.metadata)) details[name] = values;
}

LinksLooked looked(const Submission& submission, const LinksSeen& in) {
  LinksLooked out{in.revision, {}, {}};
  for (const LinkSeen& each : in.links) {
    if (!still_stands(submission, each.link)) continue;
    const std::string& field = each.link.field;
    const LinkVerdict found = verdict(each);
    std::string note = found.why;
    if (found.seen) {
      out.details[field + ":seen"] = {*found.seen};
      if (!found.why.empty()) out.details[field + ":seen_why"] = {found.why};
      const bool opened = *found.seen == "opened";
      if (opened && each.link.kind == WebLink::Kind::guide) add_guide(out.details, each, submission, note);
      if (each.link.kind == WebLink::Kind::metadata) add_metadata(out.details, each, submission);
    }
    out.notes.push_back(fmt::format("{}: {}{}", field, found.seen.value_or("undecided"),
                                    note.empty() ? "" : fmt::format(" ({})", note)));
  }
  return out;
}

std::vector<Finding> findings(const Desk& desk, const Ticket& ticket, Instant now) {
  const Circumstances around{.kind = ticket.kind,
                             .revision = ticket.revision,
                             .phase = ticket.phase.value_or(""),
                             .sender = ticket.requester,
                             .before = nullptr,
                             .same_app = {},
                             .now = now};
  return desk.rules.check(submission_facts(*ticket.submission, around));
}

bool has(const std::vector<Finding>& all, const std::string& code, const std::string& field) {
  return std::ranges::any_of(all, [&](const Finding& one) { return one.code == code && one.field == field; });
}

/// The issue of which its vendor says that it is mended.
const Issue* answered(const Ticket& ticket, const Finding& finding) {
  const auto it = std::ranges::find_if(ticket.issues, [&](const Issue& issue) {
    return issue.by_rule && issue.state == IssueState::answered && issue.finding == finding;
  });
  return it == ticket.issues.end() ? nullptr : &*it;
}

/// They say that it is mended, and we have looked: silence would leave both sides waiting.
void raise_again(Draft& draft, const Issue& issue, const Finding& finding, RevisionOutcome& out) {
  const int number = issue.number;
  draft.add(IssueRaised{number, finding, true});
  out.raised.push_back(number);
}

/// What the rules found before and what they find now, acted upon where it differs.
RevisionOutcome act_on(Draft& draft, const std::vector<Finding>& before, const std::vector<Finding>& now,
                       const Details& seen) {
  RevisionOutcome out;
  const std::vector<Issue> stood = draft.ticket().issues;
  for (const Issue& issue : stood) {
    const Finding& finding = issue.finding;
    if (!issue.by_rule || !issue.stands() || !has(before, finding.code, finding.field) ||
        has(now, finding.code, finding.field))
      continue;
    draft.add(IssueClosed{issue.number, "fixed", "the link shows it"});
    out.closed.push_back(issue.number);
  }
  for (const Finding& finding : now)
    if (std::ranges::find(before, finding) == before.end())
      raise_found(draft, finding, out);
    else if (const Issue* issue = answered(draft.ticket(), finding);
             issue && seen.contains(finding.field + ":seen"))
      raise_again(draft, *issue, finding, out);
  return out;
}

}  // namespace

std::optional<Instant> look_up_at(const Desk& desk, const Ticket& ticket) {
  if (!desk.look_ups || ticket.state != TicketState::open || !ticket.submission || !checked(ticket.kind) ||
      ticket.looked_up_revision >= ticket.revision ||
      links_of(*ticket.submission, desk.links_per_submission).empty())
    return std::nullopt;
  return ticket.changed_at;
}

Decision on_links_seen(const Desk& desk, const Ticket& ticket, const LinksSeen& in, Instant now) {
  Draft draft(ticket, "desk", 0, now);
  // Seen twice where a daemon died in between; what is held is looked at when it goes on.
  if (ticket.state != TicketState::open || !ticket.submission || in.revision <= ticket.looked_up_revision)
    return std::move(draft).take();
  const std::vector<Finding> before = findings(desk, ticket, now);
  const LinksLooked seen = looked(*ticket.submission, in);
  draft.add(seen);
  RevisionOutcome out = act_on(draft, before, findings(desk, draft.ticket(), now), seen.details);
  if (!out.raised.empty() || !out.closed.empty()) move_on(draft, desk, now, out);
  if (!out.raised.empty())
    draft.send(to_participants(
        "links-checked", desk, draft.ticket(),
        [&](const Desk& d, const Ticket& t, const Address& to) { return links_checked(d, t, to, out); }));
  return std::move(draft).take();
}

}  // namespace oin
