/// term.hpp: one thing that a rule says about one fact: "saml.acs_url:scheme is https".
///
/// A term is a fact's name, an operator and the rest of the line:
///
///   present, absent            there is a value, there is none
///   is A | B, is-not A | B     every value is one of these, none is
///   has A | B, lacks A | B     one of the values is one of these, none is
///   matches RE, avoids RE      the pattern (RE2's syntax, anywhere in the value) is found in every value, in
///   none at-least N, at-most N      every value is a number, not below or not above equals F, differs-from F
///   every value is one of fact F's, none is
///
/// Of a fact that has no value, "present", "has" and, in a condition, whatever asks something of every value
/// do not hold; in a requirement the latter are not violated: that something is missing is for a term of its
/// own to say.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/workflow/facts.hpp"
#include "parsers/base/result.hpp"

namespace oin {

class Term {
 public:
  /// Reads a term; `$` in a fact's name stands for a field that is given later.
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
    at_least,
    at_most,
    equals,
    differs
  };

  std::vector<std::string> in_question(const Facts& facts, std::string_view field) const;
  bool good(const std::string& value, const std::vector<std::string>& others) const;

  std::string fact_;
  Op op_ = Op::present;
  std::vector<std::string> words_;          ///< of is, has and their likes; the other fact's name
  std::shared_ptr<const Pattern> pattern_;  ///< of matches, avoids
  double number_ = 0;                       ///< of at-least, at-most
};

}  // namespace oin
