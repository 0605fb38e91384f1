/// workflow_settings.hpp: how the desk works, as workflow.toml, cues.toml and rules/*.toml say it: phases,
/// queues, routes, calendar, limits, the cues by which a mail's intent is told, the checks of a submission.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/rule_settings.hpp"

namespace oin {

/// What a title is in other languages than English: "de" → "Erstprüfung".
using Titles = std::map<std::string, std::string, std::less<>>;

/// The title of a phase or queue in a language; where that has none, the English one.
template <class Titled>
const std::string& title_in(const Titled& titled, std::string_view locale) {
  const auto found = titled.titles.find(locale);
  return found == titled.titles.end() ? titled.title : found->second;
}

struct PhaseSettings {
  std::string name;   ///< "initial-review"
  std::string title;  ///< "initial review"
  int business_days = 0;
  std::string queue;
  std::string role;     ///< who may approve it
  bool enabled = true;  ///< final-review is shipped switched off
  /// What a vendor is mailed about this phase: "entered", "issues", "passed".
  std::vector<std::string> letters{"entered", "issues", "passed"};
  std::string calendar{};  ///< a named one; empty: its queue's
  Titles titles{};
  /// What it is called where the integration is for some orgs alone; empty: the same.
  std::string private_title{};
  Titles private_titles{};
  bool operator==(const PhaseSettings&) const = default;
};

struct QueueSettings {
  std::string name, title;
  std::string mailbox{};         ///< whose team looks after it: "oin", "developers"; empty: any
  bool restricted = false;       ///< its tickets are seen by nobody without its role
  int answer_business_days = 0;  ///< first answer to a question; 0: none promised
  std::string calendar{};        ///< a named one; empty: the desk's own
  std::string role = "support";  ///< who answers there
  Titles titles{};
  bool operator==(const QueueSettings&) const = default;
};

/// An article that goes along with the acknowledgement of a question (answers/*.md).
struct AnswerSettings {
  std::string name, title;
  std::vector<std::string> intents;  ///< of the question; empty: any
  std::vector<std::string> words;    ///< phrases, of which one stands in subject or text
  std::string text;                  ///< paragraphs, with an empty line between them
  bool operator==(const AnswerSettings&) const = default;
};

/// Where a new ticket of an intent goes.
struct RouteSettings {
  std::string intent, queue;
  bool operator==(const RouteSettings&) const = default;
};

struct CalendarSettings {
  std::string name;               ///< "emea"; empty for the desk's own
  std::string time_zone = "UTC";  ///< IANA name
  /// Minutes of the local day at which work begins and ends.
  struct Hours {
    int begin = 0, end = 0;
    bool operator==(const Hours&) const = default;
  };
  /// A day's work in order; what lies between two is a break, and nothing in it is a day without work.
  using Day = std::vector<Hours>;
  std::array<Day, 7> week{};  ///< Monday first
  std::vector<std::chrono::year_month_day> holidays;

  struct DaysFromEaster {
    int days = 0;  ///< from Easter Sunday; Good Friday is -2
    bool operator==(const DaysFromEaster&) const = default;
  };
  struct Holiday {
    std::string name;  ///< "Thanksgiving"
    std::variant<std::chrono::year_month_day, std::chrono::month_day, std::chrono::month_weekday,
                 std::chrono::month_weekday_last, DaysFromEaster>
        when;
    Day hours{};  ///< of a half day: what of the weekday's own hours lies in them is work
    bool operator==(const Holiday&) const = default;
  };
  std::vector<Holiday> named_holidays;
  bool operator==(const CalendarSettings&) const = default;
};

struct LimitSettings {
  int answers_per_address_per_hour = 20;
  int answers_per_address_per_day = 100;
  int acknowledgements_per_address_and_ticket_per_hour = 1;
  int answers_per_ticket_per_hour = 30;
  int answers_per_domain_per_hour = 500;
  int letters_per_minute = 2000;
  int breaker_closes_after_minutes = 0;  ///< 0: only a person lets the mail go
  int letters_per_domain_per_minute = 2000;
  int flood_mails_per_address_per_hour = 200;
  int notices_per_person_per_hour = 60;
  int staff_address_days = 30;  ///< in which a letter to the team can be answered with commands
  int confirmation_days = 14;   ///< in which what was asked to be confirmed can be
  bool operator==(const LimitSettings&) const = default;
};

/// Whose mail is taken how: addresses, and "@vendor.example" for all of a domain.
struct SenderSettings {
  std::vector<std::string> ignored;     ///< kept without a case of theirs to work on, never answered
  std::vector<std::string> submitters;  ///< who may submit; empty: everybody
  bool operator==(const SenderSettings&) const = default;
};

/// Letters to a vendor who owes an answer, in business days of waiting; 0: never.
struct ReminderSettings {
  int first_business_days = 5;
  int second_business_days = 10;
  int last_business_days = 20;
  int close_business_days = 30;     ///< closed as inactive
  int reopen_days = 90;             ///< calendar days in which a reply reopens a closed ticket
  int profile_sourcing_days = 14;   ///< calendar days for which it is granted
  int answered_business_days = 10;  ///< an answered question is closed after so long without a word
  bool last_to_escalation_contact = true;
  bool operator==(const ReminderSettings&) const = default;
};

/// How the clock of a review goes on, and when the team hears of it again.
struct ClockSettings {
  std::string on_resubmission = "restart";  ///< a phase's time after an answer: "restart" (all) or "resume"
  int overdue_business_days = 1;            ///< between two notices that a ticket is overdue; 0: one only
  int held_business_days = 5;               ///< between two notices that a ticket is held; 0: none
  bool operator==(const ClockSettings&) const = default;
};

/// Who is told when so much of the time until a due date is used up.
struct WarningSettings {
  int percent = 0;                ///< 100: when it is overdue
  std::vector<std::string> tell;  ///< "assignee", "lead"
  bool operator==(const WarningSettings&) const = default;
};

/// What the team is mailed.
struct NoticeSettings {
  bool new_ticket = true, assigned = true, vendor_wrote = true, due = true, trouble = true;
  std::optional<int> digest_at = 8 * 60;  ///< minutes of each working day; nothing: no digest
  bool operator==(const NoticeSettings&) const = default;
};

/// What a cue speaks for that says how pressing a mail is, and not what it wants.
inline constexpr std::string_view escalation = "escalation";

/// One piece of evidence for an intent: any of `words`, or one of each list of `near` close together, found
/// in one of `where` adds `weight` once.
struct CueSettings {
  std::string intent;              ///< or `escalation`
  std::vector<std::string> where;  ///< the places that cues.toml lists: "subject", "text"
  std::vector<std::string> words;  ///< words or phrases, matched without case or accents; "remov*" begins one
  double weight = 1.0;
  std::string topic{};  ///< what the mail is about within its intent: "how-to-submit"; mostly empty
  std::vector<std::vector<std::string>> near{};
  int most = 1;  ///< how many different ones of `words` add the weight, each once
  bool operator==(const CueSettings&) const = default;
};

/// vocabulary.tsv: what plain words say of a mail's intent, learned from mails that people have judged.
struct VocabularySettings {
  std::vector<std::string> intents;
  std::vector<std::string> words;     ///< as telling_words() gives them
  std::vector<std::int16_t> weights;  ///< of each word for each intent, in hundredths of a cue's unit
  double weight(std::size_t word, std::size_t intent) const {
    return weights[word * intents.size() + intent] / 100.0;
  }
  bool operator==(const VocabularySettings&) const = default;
};

struct WorkflowSettings {
  std::vector<PhaseSettings> phases;
  std::vector<QueueSettings> queues;
  std::vector<RouteSettings> routes;
  CalendarSettings calendar;
  std::vector<CalendarSettings> named_calendars;
  LimitSettings limits;
  SenderSettings senders;
  ReminderSettings reminders;
  ClockSettings clock;
  std::vector<WarningSettings> warnings;  ///< by rising percentage
  NoticeSettings notices;
  bool explain_clock = false;           ///< do letters about dates show how they came about?
  std::string letters_locale = "auto";  ///< of letters to vendors: "auto" or one of the letters' locales
  std::vector<CueSettings> cues;
  VocabularySettings vocabulary;
  RuleBook rules;
  std::vector<AnswerSettings> answers;
  std::string rule_profile = "oin-2021";                            ///< whose requirements hold
  std::vector<std::string> never_participants{"isvtest@okta.com"};  ///< addresses that no ticket writes to
  int forget_secrets_days = 30;  ///< calendar days after a ticket's end until its secrets are deleted
  int answers_per_question = 2;  ///< articles, at most
  double triage_below = 0.4;     ///< confidence under which a person decides
  double escalated_from = 1.5;   ///< weight of the escalation cues from which a mail is one
  bool operator==(const WorkflowSettings&) const = default;
};

/// Every intent a mail can have; routes and cues name no other.
std::span<const std::string_view> known_intents();

/// What a person may be: the roles of [[person]] and of a phase.
std::span<const std::string_view> known_roles();

}  // namespace oin
