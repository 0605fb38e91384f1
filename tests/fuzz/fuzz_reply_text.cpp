// Promise: the reply is part of the body, line for line and in order, whatever ends its lines; its answers
// are the same lines beside quoted ones.

#include <algorithm>

#include "parsers/command.hpp"
#include "parsers/reply_text.hpp"
#include "parsers/reply_text_alternatives.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using oin::TextLine;
using oin::fuzz::require;

/// Of what mail programs and people write around a quotation.
constexpr auto words = std::to_array<std::string_view>({
    "\n",
    "\n\n",
    " ",
    ">",
    "> ",
    ">> ",
    "<",
    "< ",
    ">From ",
    ">:\n",
    "-- \n",
    "--\n",
    "---\n",
    "```\n",
    "________________________________\n",
    "On Mon, 23 Nov 2026 at 10:00, Ada <a@x> wrote:\n",
    "wrote:",
    "Am ",
    "23. Nov 2026 10:00 ",
    "Ada Lovelace ",
    "<a@x>:\n",
    "2026/11/23 Ada <a@x>\n",
    "From: Ada\n",
    "*Sent:* Monday 10:00\n",
    "To: Bob\n",
    "Subject: x\n",
    "zz: b@y\n",
    "-----Original Message-----\n",
    "Original message\n",
    "---------- Forwarded message ---------\n",
    "Sent from my iPhone\n",
    "-Ada Lovelace\n",
    "inline",
    "This e-mail is confidential and privileged.\n",
    "recipient",
    "users mailing list\n",
    "/approve\n",
    "##- Please type your reply above this line -##\n",
    "text",
    "\xC2\xA0",
    "：",
    "写道：\n",
    "<div>",
    "<blockquote>",
    "</blockquote>",
});

std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? "\r\n" : std::string(1, c);
  return out;
}

std::vector<TextLine> written(std::vector<TextLine> lines) {
  std::erase_if(lines, [](const TextLine& line) { return oin::is_blank_line(line.text); });
  return lines;
}

void check_answers(const std::string& body, const std::vector<TextLine>& reply) {
  const auto all = oin::text_lines(body);
  std::vector<TextLine> answered;
  for (const oin::Answer& answer : oin::answers(body)) {
    require(!answer.written.empty(), "an answer says something");
    for (const TextLine& line : written(answer.written)) answered.push_back(line);
    for (const TextLine& line : answer.quoted)
      require(all[static_cast<std::size_t>(line.number) - 1].text.ends_with(line.text),
              "a quoted line is its end");
  }
  const auto same = [](const TextLine& a, const TextLine& b) { return a.number == b.number; };
  require(std::ranges::equal(answered, written(reply), same), "answers are the reply");
}

void check(const std::string& body) {
  require(oin::reply_text(body).size() <= body.size(), "a reply is no longer than its mail");
  const auto all = oin::text_lines(body);
  const auto reply = oin::reply_lines(body);
  int last = 0;
  for (const TextLine& line : reply) {
    require(line.number > last && line.number <= static_cast<int>(all.size()), "lines keep their order");
    require(all[static_cast<std::size_t>(line.number) - 1].text == line.text, "lines know where they stood");
    last = line.number;
  }
  check_answers(body, reply);
  if (body.find('\r') == std::string::npos) {
    std::string crlf = oin::reply_text(with_crlf(body));
    require(crlf == oin::reply_text(body), "line ends make no difference");
  }
  const oin::Reply both = oin::reply(body, body, body);
  require(both.own_size <= both.text.size(), "what is one's own is of the reply");
  for (const oin::Command& command : oin::commands(body))
    require(!command.name.empty(), "a command has a name");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check(oin::fuzz::raw(data, size));
  check(oin::fuzz::in_alphabet(data, size, words));
  return 0;
}
