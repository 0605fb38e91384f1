/// term.hpp: one thing that a rule says about one fact: "saml.acs_url:scheme is https".
///
/// A term is a fact's name, an operator and the rest of the line:
///
///   present, absent        there is a value, there is none
///   is A | B, is-not A     every value is one of these, none is
///   has A | B, lacks A     one of the values is one of these, none is
///   matches RE, avoids RE  the pattern is found in every value, in none
///   mentions RE            it is found in one of them
///   at-least N, at-most N  every value is a number, not below or not above
///   equals F | G           every value is one that fact F or G has
///   differs-from F | G     none is
///   unique                 no value stands twice
///
/// Patterns have RE2's syntax and are looked for anywhere in a value, without regard to case.
///
/// `$` in a fact's name, or alone as a word behind "is", "has" and their likes, is the field that the rule
/// asks about.
///
/// Of a fact that has no value, "present", "has", "mentions" and, in a condition, whatever asks something of
/// every value do not hold; in a requirement the latter are not violated: that something is missing is for a
/// term of its own to say.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/workflow/facts.hpp"
#include "parsers/base/result.hpp"

namespace oin {

/// The name of a fact with the field in place of its `$`, if it has one.
std::string with_field(std::string_view fact, std::string_view field);

class Term {
 public:
  /// Reads a term; the field that `$` stands for is given later.
  static Result<Term> read(std::string_view text);

  /// As a condition.
  bool holds(const Facts& facts, std::string_view field) const;

  /// As a requirement: the values that violate it, one empty text where a value is missing; nothing when it
  /// is met.
  std::vector<std::string> violations(const Facts& facts, std::string_view field) const;

  /// The fact it is about, and the field of it.
  std::string fact(std::string_view field) const;

 private:
  struct Pattern;
  enum class Op {
    present,
    absent,
    is,
    is_not,
    has,
    lacks,
    matches,
    avoids,
    mentions,
    at_least,
    at_most,
    equals,
    differs,
    unique
  };

  /// What the values are compared with: the words, or the other facts' values.
  std::vector<std::string> others(const Facts& facts, std::string_view field) const;
  bool good(const std::string& value, const std::vector<std::string>& others) const;

  std::string fact_;
  Op op_ = Op::present;
  std::vector<std::string> words_;          ///< of is, has and their likes; the other facts' names
  std::shared_ptr<const Pattern> pattern_;  ///< of matches, avoids, mentions
  double number_ = 0;                       ///< of at-least, at-most
};

}  // namespace oin
