/// desk.hpp: everything about the desk that a decision may depend on: phases, queues, people, calendar,
/// limits.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.hpp"
#include "config/workflow_settings.hpp"
#include "daemon/workflow/business_time.hpp"
#include "daemon/workflow/cue_index.hpp"
#include "daemon/workflow/rules.hpp"
#include "daemon/workflow/vocabulary.hpp"

namespace oin {

struct DeskMailbox {
  std::string name, address;
};

struct Ticket;

struct Desk {
  std::string name;
  std::string subaddress_separator = "+";
  std::size_t message_bytes = 0;  ///< the largest mail that is read whole
  bool look_ups = false;          ///< may links be opened?
  int links_per_submission = 0;   ///< how many of one, at most
  std::vector<DeskMailbox> mailboxes;
  std::vector<PersonSettings> people;
  WorkflowSettings workflow;
  BusinessCalendar calendar{CalendarSettings{}};  ///< where neither phase nor queue names another
  std::map<std::string, BusinessCalendar, std::less<>> named_calendars;
  std::vector<std::string> locales{"en"};  ///< in which there are letters
  CueIndex cues;
  Vocabulary vocabulary;
  Rules rules;

  const DeskMailbox* mailbox(std::string_view name) const;
  /// The mailbox to which this addr-spec belongs, subaddress or not ("oin+x@…").
  const DeskMailbox* mailbox_of(std::string_view addr_spec) const;
  const PersonSettings* person(std::string_view addr_spec) const;
  const QueueSettings* queue(std::string_view name) const;
  std::string_view queue_of(std::string_view intent) const;  ///< by route, else "triage"
  /// The enabled phase after `name`; the first for "precheck"; null behind the last.
  const PhaseSettings* phase_after(std::string_view name) const;
  const PhaseSettings* phase(std::string_view name) const;
  /// The phase's own calendar, else the queue's, else the desk's.
  const BusinessCalendar& calendar_of(std::string_view phase, std::string_view queue) const;
  const BusinessCalendar& calendar_of(const Ticket& ticket) const;
};

Desk open_desk(const Settings& settings, const WorkflowSettings& workflow);

}  // namespace oin
