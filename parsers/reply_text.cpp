#include "parsers/reply_text.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "parsers/ascii.hpp"
#include "parsers/reply_phrases.hpp"
#include "parsers/reply_text_attribution.hpp"
#include "parsers/reply_text_header_block.hpp"
#include "parsers/reply_text_marks.hpp"
#include "parsers/reply_text_words.hpp"

namespace oin {
namespace {

using Lines = std::vector<TextLine>;

/// What a line of the body is.
enum class Role : unsigned char {
  written,
  quoted,     ///< ">" in front
  announced,  ///< quoted without a mark, or what announces a quotation
  signature,
};
using Roles = std::vector<Role>;

struct Reading {
  Roles roles;
  bool told_apart;
  std::size_t kept_whole;  ///< index of the line from which on all is kept, as forwarded or in doubt
};

bool is_forward_subject(std::string_view subject) {
  static const Beginnings beginnings(forward_subjects());
  return !beginnings.of(bare(subject)).empty();
}

/// Walks the lines once and says what each is.  What it keeps is a few bytes a line: a mail may be nothing
/// but line ends.
class Reader {
 public:
  Reader(const Lines& lines, bool forward)
      : lines_(lines),
        forward_(forward),
        written_(written_lines(lines)),
        quoted_(quoted_lines(lines)),
        header_lengths_(header_block_lengths(lines)),
        may_be_marks_(lines.size()),
        titles_(lines.size(), Title::none),
        attribution_lengths_(lines.size()),
        quotation_begins_(lines.size()),
        roles_(lines.size(), Role::written) {
    for (const std::size_t i : written_) {
      may_be_marks_[i] = may_be_mark(lines[i].text);
      if (may_be_marks_[i]) titles_[i] = title_of(lines[i].text);
      if (titles_[i] == Title::bare_original && !header_follows(i + 1)) titles_[i] = Title::none;
    }
    for (const std::size_t i : written_) {
      const auto found = attribution_ending_at(lines, quoted_, i);
      if (found && is_proven(*found))
        attribution_lengths_[found->begin] = static_cast<unsigned char>(found->end - found->begin);
      else if (found)
        doubtful_ = std::min(doubtful_, found->begin);
    }
    mark_beginnings();
  }

  Reading read() && {
    while (at_ < lines_.size() && step()) {
    }
    return {std::move(roles_), knows_quotation(), std::min(at_, doubtful_)};
  }

 private:
  /// Does it know a quotation or a forwarded message, cut or not?
  bool knows_quotation() const {
    const auto any = [](const std::vector<bool>& lines) {
      return std::ranges::find(lines, true) != lines.end();
    };
    return any(quoted_) || any(quotation_begins_);
  }

  static std::vector<std::uint32_t> written_lines(const Lines& lines) {
    std::vector<std::uint32_t> written;
    for (std::size_t i = 0; i < lines.size(); ++i)
      if (!is_blank_line(lines[i].text)) written.push_back(static_cast<std::uint32_t>(i));
    return written;
  }

  /// That line itself, or the first below it that is not blank.
  std::size_t next_written(std::size_t at) const {
    const auto next = std::ranges::lower_bound(written_, at);
    return next == written_.end() ? lines_.size() : *next;
  }

  bool header_follows(std::size_t at) const {
    const std::size_t next = next_written(at);
    return next < lines_.size() && header_lengths_[next] > 0;
  }

  bool is_blank_at(std::size_t at) const { return at >= lines_.size() || is_blank_line(lines_[at].text); }

  /// Is the quotation it announces believed?
  bool is_proven(const Attribution& attribution) const {
    const std::size_t next = next_written(attribution.end);
    if (next < lines_.size() && (quoted_[next] || titles_[next] != Title::none || header_lengths_[next] > 0))
      return true;
    switch (attribution.proof) {
      case Attribution::Proof::none:
        return true;
      case Attribution::Proof::own_paragraph:
        return is_blank_at(attribution.end) &&
               (attribution.begin == 0 || is_blank_at(attribution.begin - 1) ||
                quoted_[attribution.begin - 1]);
      case Attribution::Proof::quote_below:
        return false;
    }
    return false;
  }

  /// A rule begins a quotation if the next line that is none does.
  void mark_beginnings() {
    for (auto line = written_.rbegin(); line != written_.rend(); ++line) {
      const std::size_t i = *line;
      quotation_begins_[i] = titles_[i] != Title::none || header_lengths_[i] > 0 ||
                             attribution_lengths_[i] > 0 || leads_to_quotation(i);
    }
  }

  bool leads_to_quotation(std::size_t at) const {
    if (!is_rule(lines_[at].text)) return false;
    const std::size_t next = next_written(at + 1);
    return next < lines_.size() && quotation_begins_[next] && titles_[next] != Title::forwarded;
  }

  /// Handles the line at at_; false when all lines are.
  bool step() {
    const std::string_view line = lines_[at_].text;
    if (quoted_[at_]) return skip(at_ + 1, Role::quoted);
    if (titles_[at_] == Title::forwarded) return false;
    if (attribution_lengths_[at_] > 0) return quotation(at_ + attribution_lengths_[at_]);
    if (forward_ && (header_lengths_[at_] > 0 || (titles_[at_] != Title::none && header_follows(at_ + 1))))
      return false;
    if (titles_[at_] != Title::none) return quotation(at_ + 1);
    if (header_lengths_[at_] > 0) return quotation(at_ + header_lengths_[at_]);
    if (quotation_begins_[at_]) {  // a rule
      // Where what it leads to is kept, so is the rule.
      if (nothing_above() || (forward_ && header_follows(at_ + 1))) return false;
      return skip(at_ + 1, Role::announced);
    }
    if (may_be_marks_[at_] && is_reply_above_line(line)) return quotation(at_ + 1);
    if (begins_signature() || begins_list_footer()) in_signature_ = true;
    if (in_signature_ || (may_be_marks_[at_] && is_device_line(line)))
      roles_[at_] = Role::signature;
    else
      any_written_ = any_written_ || !is_blank_line(line);
    ++at_;
    return true;
  }

  bool skip(std::size_t next, Role role) {
    for (; at_ < next; ++at_) roles_[at_] = role;
    in_signature_ = false;
    return true;
  }

  /// Lines up to `body` announce a quotation, and so may some below: "-----Original Message-----", "On …
  /// wrote:". Line by line where it has ">" in front, else all that follows.
  bool quotation(std::size_t body) {
    std::size_t next = next_written(body);
    while (next < lines_.size() && (attribution_lengths_[next] > 0 || header_lengths_[next] > 0)) {
      body = next + std::max(attribution_lengths_[next], header_lengths_[next]);
      next = next_written(body);
    }
    if (next < lines_.size() && quoted_[next]) return skip(body, Role::announced);
    if (nothing_above()) return false;
    if (answers_stand_within()) return false;
    return skip(lines_.size(), Role::announced);
  }

  bool nothing_above() const { return !any_written_ && at_ == next_written(0); }

  bool answers_stand_within() const {
    constexpr std::size_t most_lines = 40;
    for (std::size_t i = at_, seen = 0; i-- > 0 && seen < most_lines; ++seen)
      if (roles_[i] == Role::written && hints_at_answers_within(lines_[i].text)) return true;
    return false;
  }

  /// RFC 3676 4.3 writes "-- "; without the blank only a short rest is believed to be a signature.
  bool begins_signature() {
    constexpr std::size_t longest = 12, longest_marked = 40;
    constexpr std::size_t longest_alone = 4;  // all there is in the mail: more lines than these are its text
    const std::string_view line = lines_[at_].text, mark = stripped(line);
    if (mark != "--" && mark != "—") return false;
    const bool marked = line == "-- ";
    const std::size_t most = nothing_above() ? longest_alone : marked ? longest_marked : longest;
    return written_below().size() <= most;
  }

  /// A mailing list's footer: a rule, then a few lines that name the list, then nothing.
  bool begins_list_footer() {
    constexpr std::size_t longest = 5;
    if (!bare(lines_[at_].text).starts_with("____________________")) return false;
    const auto footer = written_below();
    return footer.size() <= longest && std::ranges::any_of(footer, [&](std::size_t i) {
             return contains(lower(lines_[i].text), "mailing list");
           });
  }

  /// The lines below this one that are not blank, down to the next quotation.
  std::span<const std::uint32_t> written_below() {
    next_quotation_ = std::max(next_quotation_, at_ + 1);
    while (next_quotation_ < lines_.size() && !quotation_begins_[next_quotation_] &&
           !quoted_[next_quotation_])
      ++next_quotation_;
    return {std::ranges::upper_bound(written_, at_), std::ranges::lower_bound(written_, next_quotation_)};
  }

  const Lines& lines_;
  bool forward_;
  std::vector<std::uint32_t> written_;  // the lines that are not blank
  std::vector<bool> quoted_;
  std::vector<unsigned char> header_lengths_;  // of the block that begins there, in lines; 0: none does
  std::vector<bool> may_be_marks_;
  std::vector<Title> titles_;
  std::vector<unsigned char> attribution_lengths_;  // the same of those that are believed
  std::vector<bool> quotation_begins_;
  Roles roles_;
  std::size_t at_ = 0;
  // What stands below "Ada wrote:" with nothing beside it to prove it is kept, but perhaps it is hers.
  std::size_t doubtful_ = std::string_view::npos;
  std::size_t next_quotation_ = 0;  // as far as it was looked for: it only moves down
  bool any_written_ = false;
  bool in_signature_ = false;
};

/// Takes signatures, notices and rules off the end of each run of written lines.
class EndTrimmer {
 public:
  EndTrimmer(const Lines& lines, Roles& roles) : lines_(lines), roles_(roles) {}

  void trim() {
    for (std::size_t end = roles_.size(); end > 0;) {
      if (roles_[end - 1] != Role::written) {
        --end;
        continue;
      }
      begin_ = end - 1;
      while (begin_ > 0 && roles_[begin_ - 1] == Role::written) --begin_;
      end_ = end;
      while (trim_once()) {
      }
      end = begin_;
    }
  }

 private:
  bool trim_once() {
    while (end_ > begin_ && is_blank_line(lines_[end_ - 1].text)) --end_;
    if (end_ == begin_) return false;
    const std::string_view last = lines_[end_ - 1].text;
    if (is_rule(last)) return cut(end_ - 1);
    const std::size_t paragraph = paragraph_begin(end_);
    if (paragraph + 1 == end_ && is_below_text(paragraph) &&
        (is_device_like_line(last) || (is_dashed_name(last) && is_below_sentence(paragraph))))
      return cut(paragraph);
    return trim_disclaimer();
  }

  bool is_below_text(std::size_t at) const { return above(at) < at; }

  /// An answer may be a dash and two words: "Which logo?", "-New Logo".
  bool is_below_sentence(std::size_t at) const {
    const std::string_view text = bare(lines_[above(at)].text);
    return text.ends_with('.') || text.ends_with('!');
  }

  /// The last line above that is not blank, or `at` itself.
  std::size_t above(std::size_t at) const {
    for (std::size_t i = at; i-- > begin_;)
      if (!is_blank_line(lines_[i].text)) return i;
    return at;
  }

  bool cut(std::size_t begin) {
    std::fill(roles_.begin() + static_cast<std::ptrdiff_t>(begin),
              roles_.begin() + static_cast<std::ptrdiff_t>(end_), Role::signature);
    end_ = begin;
    return true;
  }

  std::size_t paragraph_begin(std::size_t end) const {
    while (end > begin_ && !is_blank_line(lines_[end - 1].text)) --end;
    return end;
  }

  /// The last paragraphs, each with a notice's words, up to the topmost that begins as a notice does.
  bool trim_disclaimer() {
    constexpr std::size_t fewest_words = 2, longest = 6000;
    std::size_t end = end_, words = 0, top = end_;
    while (end > begin_) {
      const std::size_t begin = paragraph_begin(end);
      if (size_of(begin, end) > longest) break;
      const std::string paragraph = joined(begin, end);
      const bool begins = begins_disclaimer(paragraph);
      const std::size_t count = disclaimer_words_in(paragraph);
      if (!begins && count == 0) break;
      words += count;
      if (begins && words >= fewest_words) top = begin;
      end = begin;
      while (end > begin_ && is_blank_line(lines_[end - 1].text)) --end;
    }
    return top < end_ && cut(top);
  }

  std::size_t size_of(std::size_t begin, std::size_t end) const {
    std::size_t size = 0;
    for (; begin < end; ++begin) size += lines_[begin].text.size();
    return size;
  }

  std::string joined(std::size_t begin, std::size_t end) const {
    std::string text;
    for (; begin < end; ++begin) text.append(lines_[begin].text).append(" ");
    return text;
  }

  const Lines& lines_;
  Roles& roles_;
  std::size_t begin_ = 0, end_ = 0;  // the run in hand, its end without what was taken off
};

Reading read(const Lines& lines, std::string_view subject) {
  Reading reading = Reader(lines, is_forward_subject(subject)).read();
  EndTrimmer(lines, reading.roles).trim();
  return reading;
}

void drop_blank_end(Lines& lines) {
  while (!lines.empty() && is_blank_line(lines.back().text)) lines.pop_back();
}

/// Calls `use` with each written line and whether it is blank.  Where something was left out, one blank line
/// is enough; the last of all may be blank.
template <class Use>
void for_each_written(const Lines& lines, const Roles& roles, Use use) {
  bool gap = true, below_blank = true;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (roles[i] != Role::written) {
      gap = true;
      continue;
    }
    const bool blank = is_blank_line(lines[i].text);
    if (blank && gap && below_blank) continue;
    if (!blank) gap = false;
    below_blank = blank;
    use(lines[i], blank);
  }
}

/// ">> > text" is "text".
std::string_view without_marks(std::string_view line) {
  const auto text = line.find_first_not_of("> \t");
  return text == std::string_view::npos ? std::string_view() : line.substr(text);
}

}  // namespace

std::vector<TextLine> reply_lines(std::string_view body, std::string_view subject) {
  const Lines lines = text_lines(body);
  Lines written;
  for_each_written(lines, read(lines, subject).roles,
                   [&](const TextLine& line, bool) { written.push_back(line); });
  drop_blank_end(written);
  return written;
}

Reply reply(std::string_view body, std::string_view subject) {
  const Lines lines = text_lines(body);
  const Reading reading = read(lines, subject);
  Reply out;
  out.told_apart = reading.told_apart;
  std::size_t end = 0;  // of the last line that is not blank
  const int own_lines = static_cast<int>(reading.kept_whole);
  for_each_written(lines, reading.roles, [&](const TextLine& line, bool blank) {
    if (!out.text.empty()) out.text += '\n';
    out.text += line.text;
    if (!blank) end = out.text.size();
    if (line.number <= own_lines) out.own_size = out.text.size();
  });
  out.text.resize(end);
  while (!out.text.empty() && is_space(out.text.back())) out.text.pop_back();
  out.own_size = std::min(out.own_size, out.text.size());
  return out;
}

std::string reply_text(std::string_view body, std::string_view subject) { return reply(body, subject).text; }

std::vector<Answer> answers(std::string_view body, std::string_view subject) {
  const Lines lines = text_lines(body);
  const Roles roles = read(lines, subject).roles;
  std::vector<Answer> found;
  Answer next;
  const auto finish = [&] {
    drop_blank_end(next.written);
    drop_blank_end(next.quoted);
    if (!next.written.empty()) found.push_back(std::exchange(next, {}));
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (roles[i] == Role::written) {
      if (!next.written.empty() || !is_blank_line(lines[i].text)) next.written.push_back(lines[i]);
    } else if (roles[i] == Role::quoted) {
      if (!next.written.empty()) finish();
      const std::string_view text = without_marks(lines[i].text);
      if (!next.quoted.empty() || !text.empty()) next.quoted.push_back({lines[i].number, text});
    }
  }
  finish();
  return found;
}

}  // namespace oin
