#include "parsers/html_writer.hpp"

#include <algorithm>

#include "parsers/ascii.hpp"

namespace oin {

void HtmlWriter::text(std::string_view words) {
  constexpr std::string_view no_break_space = "\xC2\xA0";
  for (std::size_t at = 0; at < words.size();) {
    if (is_space(words[at])) {
      blank_pending_ = true;
      ++at;
      continue;
    }
    if (blank_pending_ && !line_.empty() && !line_.ends_with(' ')) line_.push_back(' ');
    blank_pending_ = false;
    glued_ = false;
    if (words.substr(at).starts_with(no_break_space)) {
      line_.push_back(' ');
      at += no_break_space.size();
      continue;
    }
    std::size_t end = at + 1;
    while (end < words.size() && !is_space(words[end]) && words[end] != no_break_space[0]) ++end;
    line_ += words.substr(at, end - at);
    at = end;
  }
}

void HtmlWriter::preformatted(std::string_view words) {
  for (const char c : words) {
    if (c == '\n')
      line_break();
    else if (c != '\r')
      line_.push_back(c);
  }
}

void HtmlWriter::literal(std::string_view words) {
  if (blank_pending_ && !line_.empty()) line_.push_back(' ');
  blank_pending_ = false;
  line_ += words;
}

void HtmlWriter::append(std::string_view words) {
  blank_pending_ = false;
  literal(words);
}

void HtmlWriter::close(std::string_view mark) { line_ += mark; }

void HtmlWriter::line_break() {
  if (inline_ > 0)
    blank_pending_ = true;
  else
    flush();
}

void HtmlWriter::block() {
  if (inline_ > 0) {
    blank_pending_ = true;
  } else if (!line_.empty() && !glued_) {
    flush();
  } else {
    blank_pending_ = false;
  }
}

void HtmlWriter::gap() {
  const bool stays = glued_;
  block();
  if (inline_ > 0 || stays) return;
  gap_quotes_ = gap_pending_ ? std::min(gap_quotes_, quotes_) : quotes_;
  gap_pending_ = true;
}

void HtmlWriter::quote() {
  block();
  ++quotes_;
}

void HtmlWriter::unquote() {
  block();
  --quotes_;
  gap_quotes_ = std::min(gap_quotes_, quotes_);
  rule_quotes_ = std::min(rule_quotes_, quotes_);
}

void HtmlWriter::mark(std::string_view bullet, std::size_t indent) {
  block();
  if (inline_ > 0) return;
  line_.append(indent, ' ');
  line_ += bullet;
  glued_ = true;
}

void HtmlWriter::rule(std::string_view line) {
  block();
  if (inline_ > 0) return;
  rule_quotes_ = rule_.empty() ? quotes_ : std::min(rule_quotes_, quotes_);
  if (line.size() > rule_.size()) rule_ = line;
}

void HtmlWriter::signature() {
  block();
  if (inline_ > 0 || after_signature_mark_) return;
  line_ = "-- ";
  flush();
}

void HtmlWriter::put(std::string_view line, std::size_t quotes) {
  std::string marks;
  for (std::size_t i = 0; i < quotes; ++i) marks += "> ";
  if (line.empty() && !marks.empty()) marks.pop_back();
  out_ += marks;
  out_ += line;
  out_.push_back('\n');
  last_blank_ = line.empty();
  if (!last_blank_) after_signature_mark_ = stripped(line) == "--";
}

void HtmlWriter::flush() {
  const bool signature = line_ == "-- ";
  while (!signature && !line_.empty() && is_space(line_.back())) line_.pop_back();
  if (line_.empty()) {
    if (!last_blank_) put({}, quotes_);
  } else {
    if (gap_pending_ && !last_blank_) put({}, std::min(gap_quotes_, quotes_));
    if (!rule_.empty()) put(rule_, std::min(rule_quotes_, quotes_));
    rule_ = {};
    if (hanging_ == 2) line_.insert(0, "  ");
    put(line_, quotes_);
    if (hanging_ == 1) hanging_ = 2;
  }
  gap_pending_ = false;
  blank_pending_ = false;
  glued_ = false;
  line_.clear();
}

std::string HtmlWriter::finish() && {
  inline_ = 0;
  if (!line_.empty()) flush();
  while (!out_.empty() && is_space(out_.back())) out_.pop_back();
  return std::move(out_);
}

}  // namespace oin
