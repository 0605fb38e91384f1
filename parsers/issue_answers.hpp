/// issue_answers.hpp: what a mail says about the numbered issues of the letter it answers.
///
/// Read are numbers beside a word that says how it stands ("fixed 1 and 3", "#2: by design", "3 - n/a"), "all
/// fixed", and what stands beneath a quoted issue.  The words are a table in issue_answers.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/mail.hpp"

namespace oin {

struct IssueAnswer {
  enum class Said {
    done,      ///< it is mended
    disputed,  ///< it does not apply, or is meant so
    later,     ///< it will be done
    question,
    other,  ///< something was said that is for a person to read
  };
  int number = 0;
  Said said = Said::other;
  std::string text;  ///< the sender's own words
  bool operator==(const IssueAnswer&) const = default;
};

/// "done", "disputed", "later", "question", "other".
std::string_view name(IssueAnswer::Said said);

/// One answer a number at most, the last that was given, sorted; only of `numbers`, which are those that
/// stand.
std::vector<IssueAnswer> issue_answers(const Mail& mail, std::span<const int> numbers);

/// The same for one text without quotations.
std::vector<IssueAnswer> issue_answers_in(std::string_view text, std::span<const int> numbers);

}  // namespace oin
