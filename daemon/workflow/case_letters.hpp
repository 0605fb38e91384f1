/// case_letters.hpp: what the letters about the course of a case may say: phases, reminders, delays, its end.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "daemon/workflow/decide.hpp"

namespace oin {

/// "phase-issues": these issues, which a reviewer found.
LetterDraft phase_issues(const Desk& desk, const Ticket& ticket, const std::vector<int>& numbers);
/// "phase-passed": `passed` is behind, the ticket's phase begins.
LetterDraft phase_passed(const Desk& desk, const Ticket& ticket, const std::string& passed);
/// "merged": the case goes on as `other`.
LetterDraft merged(const Desk& desk, const Ticket& ticket, const Ticket& other);
/// "split": one of their mails goes on as `other`.
LetterDraft split_off(const Desk& desk, const Ticket& ticket, const Ticket& other);
/// "question-answer": a person's own words.
LetterDraft question_answer(const Desk& desk, const Ticket& ticket, const std::string& text);

nlohmann::json held_variables(const Desk& desk, const Ticket& ticket, const Address& to);
/// Of a due date that moved, or passed: what was promised, and what holds now.
nlohmann::json delay_variables(const Desk& desk, const Ticket& ticket, const Address& to);
nlohmann::json reminder_variables(const Desk& desk, const Ticket& ticket, const Address& to);
/// Of what was switched on for a time.
nlohmann::json granted_variables(const Desk& desk, const Ticket& ticket, const Address& to);
/// Of a case that is over.
nlohmann::json closed_variables(const Desk& desk, const Ticket& ticket, const Address& to);
/// Of a letter to the team: the case at a glance.
nlohmann::json staff_variables(const Desk& desk, const Ticket& ticket, const Address& to);

}  // namespace oin
