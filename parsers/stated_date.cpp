#include "parsers/stated_date.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include "parsers/prose_tokens.hpp"
#include "parsers/stated_date_words.hpp"
#include "parsers/stated_day.hpp"
#include "parsers/text_lines.hpp"

namespace oin {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;
using Sense = DateSense;
using Kind = StatedDay::Kind;

/// What a sentence is made of: days, phrases that mean something beside one, and the rest.
struct Item {
  enum class Is { day, phrase, number, word, mark, gap };
  Is is = Is::word;
  StatedDay day = {};
  DateSenses senses = {};
  const ProseToken* token = nullptr;  ///< the first
  bool means(Sense sense) const { return senses.test(static_cast<std::size_t>(sense)); }
  bool is_mark(std::string_view marks) const { return is == Is::mark && contains(marks, token->text); }
  bool is_known_day() const { return is == Is::day && day.kind != Kind::unknown; }
};

using Items = std::span<const Item>;

std::vector<Item> items_of(std::span<const ProseToken> tokens, sys_days written_on) {
  const DayOrder order = day_order(tokens);
  std::vector<Item> items;
  for (std::size_t at = 0; at < tokens.size();) {
    Item item{.token = &tokens[at]};
    std::size_t length = 1;
    if (tokens[at].kind == ProseToken::Kind::gap) {
      item.is = Item::Is::gap;
    } else if (const auto day = stated_day(tokens, at, written_on, order)) {
      item.is = Item::Is::day;
      item.day = *day;
      length = std::max<std::size_t>(day->length, 1);
    } else if (const DatePhrase phrase = date_phrase(tokens.subspan(at)); phrase.length > 0) {
      item.is = Item::Is::phrase;
      item.senses = phrase.senses;
      length = phrase.length;
    } else if (const std::size_t lone = lone_day(tokens, at); lone > 0) {
      item.is = Item::Is::number;
      length = lone;
    } else if (tokens[at].kind == ProseToken::Kind::number) {
      item.is = Item::Is::number;
    } else if (tokens[at].kind == ProseToken::Kind::mark) {
      item.is = Item::Is::mark;
    }
    items.push_back(item);
    at += length;
  }
  return items;
}

/// Does a sentence end with this item?
bool ends_sentence(Items items, std::size_t at) {
  const Item& item = items[at];
  const Item* next = at + 1 < items.size() ? &items[at + 1] : nullptr;
  if (!next || item.is == Item::Is::gap || next->is == Item::Is::gap) return true;
  if (next->token->new_line && next->is == Item::Is::mark) return true;  // a list
  // "From: 20 Dec\nTo: 3 Jan" goes on.
  const bool ends_range = next->means(Sense::to) && !next->means(Sense::also);
  if (next->token->new_line && next->token->capital && item.is == Item::Is::day && !ends_range) return true;
  if (item.is_mark("!?;~")) return true;
  // "approx. two weeks", "z.B.": an abbreviation.
  return item.is_mark(".") && !next->token->joined && (next->token->capital || next->token->new_line);
}

std::vector<Items> sentences_of(Items items) {
  std::vector<Items> sentences;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < items.size(); ++at) {
    if (!ends_sentence(items, at)) continue;
    sentences.push_back(items.subspan(begin, at + 1 - begin));
    begin = at + 1;
  }
  return sentences;
}

bool says(Items items, Sense sense) {
  return std::ranges::any_of(items, [&](const Item& item) { return item.means(sense); });
}

bool is_question(Items sentence) { return sentence.back().is_mark("?"); }

/// What stands directly in front of a day.
struct Before {
  DateSenses senses = {};
  std::size_t begin = 0;                  ///< the first item of it
  std::optional<std::size_t> start = {};  ///< the item where the range begins that this day ends
  bool is(Sense sense) const { return senses.test(static_cast<std::size_t>(sense)); }
};

constexpr Sense prepositions[] = {Sense::until, Sense::by,    Sense::on,   Sense::from,
                                  Sense::to,    Sense::after, Sense::dated};

bool may_begin_range(const Item& item) {
  return item.is == Item::Is::day || (item.is == Item::Is::number && item.token->value <= 31);
}

Before before(Items sentence, std::size_t day) {
  constexpr std::size_t farthest = 8;
  Before found{.begin = day};
  for (std::size_t at = day; at-- > 0 && day - at <= farthest;) {
    const Item& item = sentence[at];
    const bool joins = item.is == Item::Is::phrase ? item.means(Sense::to) : item.is_mark("-");
    if (joins && !found.start && at > 0 && may_begin_range(sentence[at - 1])) {
      // "on 5 and 6 December" is a range too, as far as its end goes; "Monday and 7 December" is two days.
      if (!item.means(Sense::also) || sentence[at - 1].is == Item::Is::number) found.start = at - 1;
      if (item.means(Sense::also))
        for (std::size_t ahead = at - 1; ahead-- > 0 && at - ahead < 5;)
          if (contains("|between|zwischen|entre|tra|fra|tussen|", "|" + sentence[ahead].token->text + "|"))
            found.start = at - 1;
    }
    bool passes = item.is == Item::Is::number || item.is_mark("(:-");
    if (item.is == Item::Is::phrase) {
      for (const Sense sense : prepositions)
        if (item.means(sense)) {
          found.senses.set(static_cast<std::size_t>(sense));
          passes = true;
        }
      passes = passes || item.means(Sense::filler) || item.means(Sense::clock);
      if (item.means(Sense::also)) passes = false;
    }
    if (!passes || found.start) break;
    found.begin = at;
  }
  return found;
}

/// A day found, and how much speaks for it.
struct Candidate {
  sys_days day;
  int rank = 0;
};

// Absence

class Absence {
 public:
  Absence(Items sentence, bool told_in_text, sys_days written_on)
      : sentence_(sentence),
        told_(told_in_text),
        absent_(says(sentence, Sense::absent)),
        open_(says(sentence, Sense::open)),
        then_back_(says(sentence, Sense::then_back)),
        today_(written_on) {}

  std::optional<Candidate> candidate(std::size_t at) const {
    const StatedDay& day = sentence_[at].day;
    const Before in_front = before(sentence_, at);
    const bool is_range = in_front.start.has_value() || day.ends_range;
    if (day.kind == Kind::shift || day.kind == Kind::duration) return std::nullopt;
    const bool behind_back =
        at > 0 && (sentence_[at - 1].means(Sense::back) || sentence_[at - 1].means(Sense::maybe_back));
    if (day.bare_digits && in_front.senses.none() && !is_range && !behind_back) return std::nullopt;
    if (in_front.is(Sense::until) || is_range) {
      if (is_back_not_before(in_front.begin)) return Candidate{day.first, 3};
      return end_of_absence(day, in_front);
    }
    if (is_back_not_before(in_front.begin) && in_front.is(Sense::by)) return Candidate{day.first, 3};
    if (in_front.is(Sense::after) && !in_front.is(Sense::on) && told_) return Candidate{next_day(day), 2};
    if (in_front.is(Sense::dated) && !in_front.is(Sense::from) && !in_front.is(Sense::on))
      return std::nullopt;
    if (day.kind != Kind::end && is_return(at, in_front) && day.first > today_or_sooner(day))
      return Candidate{day.first, 3};
    // "I am on vacation next week": back on the Monday after it.
    if (day.kind == Kind::week && absent_ && !open_) return Candidate{next_day(day), 2};
    return std::nullopt;
  }

 private:
  /// "Back today" or "back on Monday", told on one, may be long past.
  sys_days today_or_sooner(const StatedDay& day) const {
    if (day.names_today) return sys_days::max();
    return day.kind == Kind::calendar ? today_ - days(1) : today_;
  }

  static sys_days next_day(const StatedDay& day) {
    const unsigned weekday = std::chrono::weekday(day.last).iso_encoding();
    return day.last + days(day.of_a_week ? 8 - weekday : 1);
  }

  std::optional<Candidate> end_of_absence(const StatedDay& day, const Before& in_front) const {
    const bool weekdays_only = in_front.start && day.kind == Kind::weekday;  // "Monday to Friday"
    const bool told = absent_ || (told_ && day.kind == Kind::calendar);
    if (in_front.is(Sense::until) && in_front.is(Sense::by) && is_promised(in_front)) return std::nullopt;
    if (weekdays_only || !told || open_) return std::nullopt;
    if (day.names_today) return std::nullopt;
    if (then_back_) return Candidate{day.first, 2};
    // Until next week: until it begins.
    if (day.kind == Kind::week && day.first > today_) return Candidate{day.first, 2};
    return Candidate{next_day(day), 2};
  }

  /// "… und liefern bis 4.12.": by then, not until then.
  bool is_promised(const Before& in_front) const {
    bool promised = false;
    for (std::size_t i = in_front.begin; i-- > 0 && in_front.begin - i <= 20;) {
      if (sentence_[i].is_mark(",") || sentence_[i].means(Sense::also)) break;
      if (sentence_[i].means(Sense::absent)) return false;
      promised = promised || sentence_[i].means(Sense::will);
    }
    return promised;
  }

  /// "I won't be back until 5 January", "nicht vor dem 5. Januar zurück".
  bool is_back_not_before(std::size_t at) const {
    bool negated = false;
    for (std::size_t i = at > 10 ? at - 10 : 0; i < at; ++i) {
      if (sentence_[i].is == Item::Is::day) negated = false;
      negated = negated || sentence_[i].means(Sense::negation);
    }
    if (!negated) return false;
    const auto is_back = [](const Item& item) {
      return item.means(Sense::back) || item.means(Sense::maybe_back);
    };
    const std::size_t end = std::min(sentence_.size(), at + 8);
    const std::size_t begin = at > 8 ? at - 8 : 0;
    return std::ranges::any_of(sentence_.subspan(begin, end - begin), is_back);
  }

  /// Is the day told with a word such as "back", in front of it or behind?
  bool is_return(std::size_t at, const Before& in_front) const {
    constexpr std::size_t farthest = 12;
    const bool by = in_front.is(Sense::by) && !in_front.is(Sense::on);
    for (std::size_t i = in_front.begin; i-- > 0 && in_front.begin - i <= farthest;) {
      const Item& item = sentence_[i];
      if (item.is == Item::Is::day || (by && item.is_mark(","))) break;
      if (item.means(Sense::back)) return true;
      if (by) continue;  // "I'll reply by Friday" tells no return
      if (item.means(Sense::maybe_back) && (told_ || i + 1 == in_front.begin)) return true;
    }
    return !by && is_return_behind(at, in_front);
  }

  /// "Ab dem 7. Dezember bin ich wieder da", "On 5 January I will be back".
  bool is_return_behind(std::size_t at, const Before& in_front) const {
    constexpr std::size_t farthest = 12;
    bool absent_in_front = false;
    for (std::size_t i = in_front.begin; i-- > 0 && in_front.begin - i <= 2 * farthest;) {
      if (sentence_[i].is_mark(",") || sentence_[i].means(Sense::also)) break;
      absent_in_front = absent_in_front || sentence_[i].means(Sense::absent);
    }
    bool comma = false;
    for (std::size_t i = at + 1; i < sentence_.size() && i - at <= farthest; ++i) {
      const Item& item = sentence_[i];
      comma = comma || item.is_mark(",");
      if (item.is == Item::Is::day || item.means(Sense::absent)) return false;
      if (item.means(Sense::also) && !item.means(Sense::to)) return false;
      if (item.means(Sense::also) && item.token->text != "en" && item.token->text != "e") return false;
      const bool back = item.means(Sense::back) || (item.means(Sense::maybe_back) && told_);
      if (back) return !(comma && absent_in_front);
      // "Wieder" alone, where no other word tells the absence, is the return when the day has its "ab".
      if (item.means(Sense::maybe_back) && in_front.is(Sense::from)) return !absent_in_front;
    }
    return false;
  }

  Items sentence_;
  bool told_, absent_, open_, then_back_;
  sys_days today_;
};

// Promises

/// A sentence as far as "but": what is said before it does not hold behind it.
std::vector<Items> clauses_of(Items sentence) {
  std::vector<Items> clauses;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= sentence.size(); ++at) {
    if (at < sentence.size() && !sentence[at].means(Sense::contrast)) continue;
    if (at > begin) clauses.push_back(sentence.subspan(begin, at - begin));
    begin = at + 1;
  }
  return clauses;
}

class Promise {
 public:
  Promise(Items clause, sys_days written_on)
      : clause_(clause),
        today_(written_on),
        will_(says(clause, Sense::will)),
        need_(says(clause, Sense::need)),
        agreed_(says(clause, Sense::agreed)),
        words_(static_cast<std::size_t>(std::ranges::count_if(clause, [](const Item& item) {
          return item.is == Item::Is::word || item.is == Item::Is::phrase;
        }))) {
    for (const Sense sense : {Sense::request, Sense::meeting, Sense::condition, Sense::farewell})
      refused_ = refused_ || says(clause, sense);
    refused_ = refused_ || is_question(clause);
  }

  std::optional<Candidate> candidate(std::size_t at) const {
    const StatedDay& day = clause_[at].day;
    const Before in_front = before(clause_, at);
    if (refused_ || is_denied(at, in_front) || begins_range(at)) return std::nullopt;
    const int rank = rank_of(day, in_front);
    return rank > 0 ? std::optional(Candidate{day.last, rank}) : std::nullopt;
  }

 private:
  int rank_of(const StatedDay& day, const Before& in_front) const {
    const bool by = in_front.is(Sense::by), until = in_front.is(Sense::until);
    const bool counted = day.kind == Kind::shift || day.kind == Kind::duration;
    if (!by && ((in_front.is(Sense::after) && !in_front.is(Sense::on)) || (until && !need_))) return 0;
    if (!by && !counted && !in_front.start && (in_front.is(Sense::from) || is_dated(in_front))) return 0;
    if (day.bare_digits && !by && !until && !in_front.is(Sense::on)) return 0;
    // "It will be retried for two more days."
    if (day.kind == Kind::shift && day.is_extension && in_front.is(Sense::on)) return 0;
    if (day.kind == Kind::duration && !need_) return by && words_ <= longest_bare ? 3 : 0;
    const bool a_domani = in_front.is(Sense::to) && !in_front.start && words_ <= 1;
    if (is_farewell(day, (by && until) || a_domani)) return 0;
    if (by || (until && need_)) return 3;
    if (need_ && (day.kind == Kind::duration || day.kind == Kind::shift)) return 3;
    if (will_ || need_) return 2;
    const bool plainly_ahead = day.kind == Kind::week || day.kind == Kind::end || day.kind == Kind::shift ||
                               (day.kind == Kind::near && day.last > today_);
    return plainly_ahead && words_ <= longest_bare && !agreed_ ? 1 : 0;
  }

  bool is_dated(const Before& in_front) const { return in_front.is(Sense::dated) && !in_front.is(Sense::on); }

  /// "Bis morgen!", "Tot maandag": so people say good-bye.
  bool is_farewell(const StatedDay& day, bool either) const {
    const bool soon = day.kind == Kind::near || day.kind == Kind::weekday || day.kind == Kind::week;
    return either && soon && !will_ && !need_ && words_ <= 3;
  }

  /// Does "not", an absence or "as agreed" belong to the day?
  bool is_denied(std::size_t at, const Before& in_front) const {
    for (std::size_t i = in_front.begin; i-- > 0 && in_front.begin - i <= 3;)
      if (clause_[i].means(Sense::agreed) && !in_front.is(Sense::by)) return true;
    if (around(at, in_front, Sense::negation, false)) return true;
    if (!in_front.is(Sense::by) && around(at, in_front, Sense::back, true)) return true;
    return around(at, in_front, Sense::absent, true);
  }

  /// Is it said between the commas (or the "and"s) that the day stands between?
  bool around(std::size_t at, const Before& in_front, Sense sense, bool and_parts) const {
    const std::size_t begin = in_front.start.value_or(in_front.begin);
    constexpr std::size_t farthest = 30;
    const auto parts = [&](const Item& item) {
      return item.is_mark(",") || (and_parts && item.means(Sense::also));
    };
    for (std::size_t i = begin; i-- > 0 && begin - i <= farthest && !parts(clause_[i]);)
      if (clause_[i].means(sense)) return true;
    for (std::size_t i = at + 1; i < clause_.size() && i - at <= farthest && !parts(clause_[i]); ++i)
      if (clause_[i].means(sense)) return true;
    return false;
  }

  bool begins_range(std::size_t at) const {
    for (std::size_t i = at + 1; i < clause_.size() && i - at <= 4; ++i)
      if (clause_[i].is == Item::Is::day) return before(clause_, i).start == at;
    return false;
  }

  static constexpr std::size_t longest_bare = 2;
  Items clause_;
  sys_days today_;
  bool will_, need_, agreed_, refused_ = false;
  std::size_t words_;
};

std::optional<year_month_day> day_of(std::optional<Candidate> candidate) {
  return candidate ? std::optional<year_month_day>(candidate->day) : std::nullopt;
}

}  // namespace

std::optional<year_month_day> return_date(std::string_view text, year_month_day written_on) {
  if (!written_on.ok()) return std::nullopt;
  const std::vector<ProseToken> tokens = prose_tokens(text);
  const std::vector<Item> items = items_of(tokens, written_on);
  const bool told = says(items, Sense::absent);
  std::optional<Candidate> best;
  for (const Items sentence : sentences_of(items)) {
    if (is_question(sentence)) continue;
    const Absence absence(sentence, told, written_on);
    for (std::size_t at = 0; at < sentence.size(); ++at) {
      if (!sentence[at].is_known_day()) continue;
      const auto found = absence.candidate(at);
      if (found && (!best || std::pair(found->rank, found->day) > std::pair(best->rank, best->day)))
        best = found;
    }
  }
  return day_of(best);
}

std::optional<year_month_day> promised_date(std::string_view text, year_month_day written_on) {
  if (!written_on.ok()) return std::nullopt;
  const std::vector<ProseToken> tokens = prose_tokens(text);
  const std::vector<Item> items = items_of(tokens, written_on);
  std::optional<Candidate> best;
  bool agree = true;
  for (const Items sentence : sentences_of(items)) {
    if (is_question(sentence)) continue;
    for (const Items clause : clauses_of(sentence)) {
      const Promise promise(clause, written_on);
      for (std::size_t at = 0; at < clause.size(); ++at) {
        if (!clause[at].is_known_day()) continue;
        const auto found = promise.candidate(at);
        if (!found || (best && found->rank < best->rank)) continue;
        agree = !best || found->rank > best->rank || (agree && found->day == best->day);
        best = found;
      }
    }
  }
  return agree ? day_of(best) : std::nullopt;
}

}  // namespace oin
