/// review_world.hpp: a desk in a box, for the properties of the review: whatever is done to it, it says which
/// of the promises of the review is broken.
///
/// The pure core alone, with what the shell does around it in a few lines: which ticket a mail lands on,
/// which timers are due, what is kept of a decision.
#pragma once

#include <iosfwd>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "daemon/workflow/decide.hpp"
#include "daemon/workflow/due_things.hpp"
#include "templates/render.hpp"

namespace oin::test {

/// Something that happens, as four numbers, so that it can be drawn and shrunk; any of them means something.
struct Step {
  enum class Act {
    vendor_mail,
    staff_mail,
    tool,
    to_next_timer,
    time_passes,
    report,
    letter_answered,
    settings
  };
  Act act = Act::vendor_mail;
  int who = 0, what = 0, number = 0;
};
void showValue(const Step& step, std::ostream& out);

/// A desk with two rules and a team, in a variety of settings.
std::vector<Desk> desks();

/// What must hold of a ticket at any time; empty: it does.
std::vector<std::string> illegal(const Desk& desk, const Ticket& ticket);

class World {
 public:
  /// It begins with the first of the desks; "settings" makes it another of them.
  World(std::vector<const Desk*> desks, const Letters& letters)
      : desks_(std::move(desks)), letters_(letters) {}

  /// What is broken after it; empty: nothing.
  std::vector<std::string> take(const Step& step);
  const std::vector<std::string>& story() const { return story_; }
  const std::map<TicketId, Ticket>& tickets() const { return tickets_; }

 private:
  const Desk& desk() const { return *desks_.front(); }
  void new_settings(int number);
  Ticket& ticket(int number);
  void vendor_mail(const Step& step);
  void staff_mail(const Step& step);
  void tool(const Step& step);
  void report(const Step& step);
  void letter_answered(const Step& step);
  void fire_timers();
  std::optional<std::pair<TicketId, TicketTimer>> next_timer() const;
  std::string command_line(int what, int number);
  std::string command_lines_of(const Step& step);
  SplitSource split_source() const;
  std::vector<Ticket> named_in(const std::vector<Command>& commands) const;

  /// Judges the decision and keeps what it did.
  void keep(const Ticket& before, const Decision& decision, std::size_t causes);
  void keep_events(TicketId id, std::span<const Event> events);
  void judge_issues(const Ticket& before, const Ticket& after, std::span<const Event> events);
  void judge_letters(const Ticket& after, const Decision& decision, std::size_t causes);
  void judge_reminders(const Ticket& before, std::span<const Event> events);
  void broken(std::string what) { broken_.push_back(std::move(what)); }

  std::vector<const Desk*> desks_;
  const Letters& letters_;
  std::map<TicketId, Ticket> tickets_;
  std::map<TicketId, Ticket> replayed_;  ///< the same, folded from events that went through JSON
  Instant now_ = *parse_rfc3339("2026-11-23T10:00:00Z");
  MailId mails_ = 0;
  int secrets_ = 0;  ///< texts that no vendor may see, so far
  std::vector<std::string> story_, broken_;
};

}  // namespace oin::test
