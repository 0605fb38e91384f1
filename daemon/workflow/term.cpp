#include "daemon/workflow/term.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

#include "parsers/ascii.hpp"

namespace oin {
namespace {

constexpr std::size_t largest_pattern = 1 << 20;  ///< bytes of a compiled one

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::string_view word_of(std::string_view& text) {
  text = stripped(text);
  const std::string_view word = text.substr(0, text.find(' '));
  text = stripped(text.substr(word.size()));
  return word;
}

bool among(const std::vector<std::string>& words, const std::string& value) {
  return std::ranges::any_of(words, [&](const std::string& word) { return same_word(word, value); });
}

std::vector<std::string> alternatives(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find('|', begin), text.size());
    out.emplace_back(stripped(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return out;
}

/// What stands there a second time, once.
std::vector<std::string> repeated(std::vector<std::string> values) {
  std::ranges::sort(values);
  std::vector<std::string> out;
  for (std::size_t i = 1; i < values.size(); ++i)
    if (values[i] == values[i - 1] && (out.empty() || out.back() != values[i])) out.push_back(values[i]);
  return out;
}

}  // namespace

std::string with_field(std::string_view fact, std::string_view field) {
  const auto mark = fact.find('$');
  if (mark == fact.npos) return std::string(fact);
  return std::string(fact.substr(0, mark)).append(field).append(fact.substr(mark + 1));
}

struct Term::Pattern {
  explicit Pattern(std::string_view text) : re(re2::StringPiece(text.data(), text.size()), options()) {}
  static RE2::Options options() {
    RE2::Options options;
    options.set_case_sensitive(false);
    options.set_log_errors(false);
    options.set_max_mem(largest_pattern);
    return options;
  }
  RE2 re;
};

Result<Term> Term::read(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, Op>, 14> ops{{{"present", Op::present},
                                                                        {"absent", Op::absent},
                                                                        {"is", Op::is},
                                                                        {"is-not", Op::is_not},
                                                                        {"has", Op::has},
                                                                        {"lacks", Op::lacks},
                                                                        {"matches", Op::matches},
                                                                        {"avoids", Op::avoids},
                                                                        {"mentions", Op::mentions},
                                                                        {"at-least", Op::at_least},
                                                                        {"at-most", Op::at_most},
                                                                        {"equals", Op::equals},
                                                                        {"differs-from", Op::differs},
                                                                        {"unique", Op::unique}}};
  std::string_view rest = text;
  Term term;
  term.fact_ = word_of(rest);
  const std::string_view name = word_of(rest);
  const auto op = std::ranges::find(ops, name, [](const auto& pair) { return pair.first; });
  if (op == ops.end()) {
    std::string known;
    for (const auto& [word, unused] : ops) known.append(known.empty() ? "" : ", ").append(word);
    return permanent(
        fmt::format("\"{}\": found \"{}\" behind the fact's name; allowed: {}", text, name, known));
  }
  term.op_ = op->second;
  const bool takes_nothing = term.op_ == Op::present || term.op_ == Op::absent || term.op_ == Op::unique;
  if (takes_nothing != rest.empty())
    return permanent(fmt::format("\"{}\": \"{}\" takes {}", text, name,
                                 takes_nothing ? "nothing behind it" : "something behind it"));
  if (const auto colon = term.fact_.rfind(':'); colon != std::string::npos && colon + 1 == term.fact_.size())
    return permanent(fmt::format("\"{}\": no view is named behind the colon", text));
  switch (term.op_) {
    case Op::matches:
    case Op::avoids:
    case Op::mentions:
      term.pattern_ = std::make_shared<const Pattern>(rest);
      if (!term.pattern_->re.ok())
        return permanent(fmt::format("\"{}\": no pattern: {}", text, term.pattern_->re.error()));
      break;
    case Op::at_least:
    case Op::at_most:
      if (const auto number = number_of(rest))
        term.number_ = *number;
      else
        return permanent(fmt::format("\"{}\": found \"{}\"; allowed: a number", text, rest));
      break;
    default:
      term.words_ = alternatives(rest);
  }
  return term;
}

std::string Term::fact(std::string_view field) const { return with_field(fact_, field); }

std::vector<std::string> Term::others(const Facts& facts, std::string_view field) const {
  std::vector<std::string> out;
  for (const std::string& word : words_)
    if (op_ == Op::equals || op_ == Op::differs)
      std::ranges::move(facts.of(with_field(word, field)), std::back_inserter(out));
    else
      out.emplace_back(word == "$" ? field : word);
  return out;
}

bool Term::good(const std::string& value, const std::vector<std::string>& others) const {
  switch (op_) {
    case Op::present:
    case Op::has:
    case Op::mentions:
    case Op::unique:
      return true;
    case Op::absent:
      return false;
    case Op::is:
      return among(others, value);
    case Op::is_not:
    case Op::lacks:
      return !among(others, value);
    case Op::matches:
      return RE2::PartialMatch(value, pattern_->re);
    case Op::avoids:
      return !RE2::PartialMatch(value, pattern_->re);
    case Op::at_least:
      return number_of(value).value_or(number_ - 1) >= number_;
    case Op::at_most:
      return number_of(value).value_or(number_ + 1) <= number_;
    case Op::equals:
      return others.empty() || among(others, value);
    case Op::differs:
      return !among(others, value);
  }
  return true;
}

std::vector<std::string> Term::violations(const Facts& facts, std::string_view field) const {
  std::vector<std::string> values = facts.of(fact(field));
  const std::vector<std::string> against = others(facts, field);
  const auto none = [&](auto holds) { return std::ranges::none_of(values, holds); };
  const auto found = [&](const std::string& value) { return RE2::PartialMatch(value, pattern_->re); };
  if (op_ == Op::present && values.empty()) return {""};
  if (op_ == Op::has && none([&](const auto& value) { return among(against, value); })) return {""};
  if (op_ == Op::mentions && none(found)) return {""};
  if (op_ == Op::unique) return repeated(std::move(values));
  std::erase_if(values, [&](const std::string& value) { return good(value, against); });
  return values;
}

bool Term::holds(const Facts& facts, std::string_view field) const {
  const bool of_nothing =
      op_ == Op::absent || op_ == Op::is_not || op_ == Op::lacks || op_ == Op::avoids || op_ == Op::differs;
  return (of_nothing || facts.has(fact(field))) && violations(facts, field).empty();
}

}  // namespace oin
