#include "parsers/quoted_form.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "parsers/ascii.hpp"
#include "parsers/labelled_line.hpp"
#include "parsers/reply_text_marks.hpp"

namespace oin {
namespace {

constexpr std::size_t most_compared = 1'000;  // quoted lines that are looked for in the letter

/// In one line with single blanks, so that a line wrapped in quoting is still found.
std::string collapsed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!is_space(c) && c != '>')
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

class Answers {
 public:
  Answers(const std::vector<TextLine>& written, std::string_view letter)
      : written_(written), letter_(collapsed(letter)) {}

  std::vector<TextLine> of(const std::vector<TextLine>& body) && {
    for (const TextLine& line : body) {
      const std::string_view text = unquoted(line.text);
      if (is_blank_line(text)) {
        out_.push_back({line.number, {}});
      } else if (is_written(line)) {
        answer(line);
      } else if (is_bracketed_title(text)) {
        title_ = {line.number, text};
        label_.reset();
      } else if (is_unanswered(text)) {
        doubtful_ = label_.has_value();
        label_ = {line.number, text.substr(0, text.find_last_not_of("_. \t") + 1)};
        ++asked_;
      } else if (is_senders(text)) {
        answer({line.number, text});
      } else {
        label_.reset();
      }
    }
    // What stands below a form left empty is its sender's greeting, and no answer to its last question.
    if (answered_ == 1 && asked_ > 1 && last_was_doubtful_) out_.erase(out_.begin() + inserted_at_);
    return std::move(out_);
  }

 private:
  bool is_written(const TextLine& line) {
    while (next_ < written_.size() && written_[next_].number < line.number) ++next_;
    return next_ < written_.size() && written_[next_].number == line.number;
  }

  bool is_senders(std::string_view text) {
    if (!letter_.empty())
      return ++compared_ <= most_compared && letter_.find(collapsed(text)) == std::string::npos;
    const auto label = labelled(text, "");
    if (!label || label->key.empty() || label->value.empty()) return false;
    if (!within_) within_ = says_answers_within();
    return *within_;
  }

  bool says_answers_within() const {
    return std::ranges::any_of(written_,
                               [](const TextLine& line) { return hints_at_answers_within(line.text); });
  }

  void answer(const TextLine& line) {
    if (title_) out_.push_back(*title_);
    if (label_) {
      inserted_at_ = std::ssize(out_);
      out_.push_back(*label_);
      ++answered_;
      last_was_doubtful_ = doubtful_;
    }
    title_.reset();
    label_.reset();
    out_.push_back(line);
  }

  const std::vector<TextLine>& written_;
  const std::string letter_;
  std::optional<bool> within_;  // says the sender that the answers are?
  std::size_t next_ = 0, compared_ = 0;
  std::optional<TextLine> title_, label_;
  bool doubtful_ = false, last_was_doubtful_ = false;
  int asked_ = 0, answered_ = 0;
  std::ptrdiff_t inserted_at_ = 0;
  std::vector<TextLine> out_;
};

}  // namespace

std::vector<TextLine> answered_lines(std::string_view body, const std::vector<TextLine>& written,
                                     std::string_view letter) {
  return Answers(written, letter).of(text_lines(body));
}

}  // namespace oin
