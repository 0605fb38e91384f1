#include "tests/scenarios/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>

#include "daemon/queries.hpp"
#include "parsers/ascii.hpp"
#include "parsers/mail.hpp"

namespace oin::test {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(OIND_SOURCE_DIR) / "tests/scenarios";

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error(file.string() + ": cannot be read");
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

std::string label_of_line(const std::string& line) { return lower(stripped(line.substr(0, line.find(':')))); }

/// The form's lines with some in place of others; a label's indented lines go with it.
std::string form_with(const std::string& name, const std::vector<std::string>& edits) {
  std::vector<std::string> lines = lines_of(bytes_of(folder / "forms" / (name + ".txt")));
  for (const std::string& edit : edits) {
    const bool drop = edit.starts_with("@drop ");
    const std::string rest(stripped(edit.substr(edit.find(' ') + 1)));
    const auto begin = std::ranges::find_if(lines, [&](const std::string& line) {
      return line.find(':') != std::string::npos && label_of_line(line) == label_of_line(rest);
    });
    if (begin == lines.end()) {
      if (drop) throw std::runtime_error("form " + name + " has no \"" + rest + "\"");
      lines.push_back(rest);
      continue;
    }
    auto end = std::next(begin);
    while (end != lines.end() && end->starts_with(' ')) ++end;
    const auto at = lines.erase(begin, end);
    if (!drop) lines.insert(at, rest);
  }
  std::string out;
  for (const std::string& line : lines) out.append(line).append("\n");
  return out;
}

/// Puts the forms into a body.
std::string with_forms(const std::vector<std::string>& lines) {
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].starts_with("@form ")) {
      out.append(lines[i]).append("\n");
      continue;
    }
    const std::string name(stripped(lines[i].substr(6)));
    std::vector<std::string> edits;
    while (i + 1 < lines.size() && (lines[i + 1].starts_with("@set ") || lines[i + 1].starts_with("@drop ")))
      edits.push_back(lines[++i]);
    out += form_with(name, edits);
  }
  return out;
}

ScenarioMail read_mail_part(const std::string& heading, const std::vector<std::string>& lines) {
  ScenarioMail mail;
  std::istringstream words(heading);
  std::string kind;
  words >> kind;
  mail.reply = kind != "mail";
  if (kind == "staff")
    words >> mail.staff;
  else if (kind == "bounce")
    words >> mail.bounced;
  else
    words >> mail.mailbox;
  std::size_t at = 0;
  const auto is_field = [](const std::string& line) {
    const auto colon = line.find(": ");
    static const std::set<std::string> known{"From",
                                             "To",
                                             "Cc",
                                             "Subject",
                                             "Attach",
                                             "Html",
                                             "Auto-Submitted",
                                             "Reply-To",
                                             "In-Reply-To",
                                             "Precedence",
                                             "X-Header",
                                             "Answers",
                                             "Accept-Language",
                                             "Content-Language"};
    return colon != std::string::npos && known.contains(line.substr(0, colon));
  };
  for (; at < lines.size() && is_field(lines[at]); ++at) {
    const auto colon = lines[at].find(": ");
    const std::string name = lines[at].substr(0, colon), value = lines[at].substr(colon + 2);
    if (name == "Attach")
      mail.attachments.push_back(value);
    else if (name == "Html")
      mail.html = value == "yes";
    else if (name == "Answers")
      mail.answers = value;
    else
      mail.header.emplace_back(name, value);
  }
  while (at < lines.size() && lines[at].empty()) ++at;
  mail.body = with_forms({lines.begin() + static_cast<std::ptrdiff_t>(at), lines.end()});
  return mail;
}

std::string with_crlf(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' && (out.empty() || out.back() != '\r')) out.push_back('\r');
    out.push_back(c);
  }
  return out;
}

std::string base64(const std::string& bytes) {
  static constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k)
      out.push_back(i + k > bytes.size() ? '=' : alphabet[(group >> (18 - 6 * k)) & 63]);
    if (i % 57 == 54) out.push_back('\n');
  }
  return out + "\n";
}

std::string media_type(const std::string& name) {
  static const std::map<std::string, std::string> types{
      {"png", "image/png"},       {"gif", "image/gif"},         {"jpg", "image/jpeg"},
      {"pdf", "application/pdf"}, {"json", "application/json"}, {"yaml", "application/yaml"},
      {"csv", "text/csv"},        {"xml", "application/xml"},   {"txt", "text/plain"},
      {"md", "text/markdown"},    {"html", "text/html"}};
  const auto found = types.find(name.substr(name.rfind('.') + 1));
  return found == types.end() ? "application/octet-stream" : found->second;
}

std::string quoted(const std::string& text) {
  std::string out;
  for (const std::string& line : lines_of(text))
    out.append(line.empty() ? ">" : "> ").append(line).append("\n");
  return out;
}

/// The paragraph that begins with the issue's number.
std::string issue_in(const std::string& letter, const std::string& number) {
  std::string out;
  for (const std::string& line : lines_of(letter)) {
    if (line.starts_with(number + ".") || (!out.empty() && line.starts_with("   ")))
      out.append(line).append("\n");
    else if (!out.empty())
      break;
  }
  if (out.empty()) throw std::runtime_error("the letter has no issue " + number);
  return out;
}

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (!is_space(c))
      out.push_back(c);
    else if (!out.empty() && out.back() != ' ')
      out.push_back(' ');
  return out;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string word; in >> word;)
    if (word != "-") out.push_back(word);
  return out;
}

std::string joined(std::vector<std::string> words, bool sorted) {
  if (sorted) std::ranges::sort(words);
  std::string out;
  for (const std::string& word : words) out.append(out.empty() ? "" : " ").append(word);
  return out;
}

std::string shown_value(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (!value.is_array()) return value.dump();
  std::string out;
  for (const Json& item : value)
    out += (out.empty() ? "" : ", ") + (item.is_string() ? item.get<std::string>() : item.dump());
  return out;
}

}  // namespace

std::vector<fs::path> scenario_files() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder / "mails"))
    if (entry.path().extension() == ".txt") out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

Scenario read_scenario(const fs::path& file) {
  Scenario scenario;
  scenario.name = file.parent_path().filename().string() + "_" + file.stem().string();
  const std::vector<std::string> lines = lines_of(bytes_of(file));
  if (lines.empty()) throw std::runtime_error(file.string() + ": is empty");
  scenario.title = lines.front();
  for (std::size_t i = 1; i < lines.size();) {
    if (!lines[i].starts_with("=== ")) {
      if (!lines[i].empty())
        throw std::runtime_error(fmt::format("{}:{}: stands in no part", file.string(), i + 1));
      ++i;
      continue;
    }
    const std::string heading = lines[i].substr(4);
    const std::size_t begin = ++i;
    while (i < lines.size() && !lines[i].starts_with("=== ")) ++i;
    std::size_t end = i;
    while (end > begin && lines[end - 1].empty()) --end;
    if (heading == "expect") {
      if (scenario.steps.empty()) throw std::runtime_error(file.string() + ": expects before any mail");
      for (std::size_t k = begin; k < end; ++k) {
        if (lines[k].empty()) continue;
        const auto colon = lines[k].find(": ");
        if (colon == std::string::npos)
          throw std::runtime_error(fmt::format("{}:{}: no \"what: value\"", file.string(), k + 1));
        scenario.steps.back().expected.push_back({static_cast<int>(k + 1), lines[k].substr(0, colon),
                                                  std::string(stripped(lines[k].substr(colon + 2)))});
      }
    } else if (heading.starts_with("mail") || heading.starts_with("reply") || heading.starts_with("staff ") ||
               heading.starts_with("bounce ")) {
      scenario.steps.push_back({read_mail_part(heading, {lines.begin() + static_cast<std::ptrdiff_t>(begin),
                                                         lines.begin() + static_cast<std::ptrdiff_t>(end)}),
                                {}});
    } else if (heading.starts_with("command ")) {
      std::vector<std::string> words = words_of(heading.substr(8));
      scenario.steps.push_back({ScenarioCommand{words.at(0), {words.begin() + 1, words.end()}}, {}});
    } else if (heading.starts_with("wait ") || heading.starts_with("sleep ")) {
      const int number = std::stoi(heading.substr(heading.find(' ')));
      const std::chrono::hours time(heading.ends_with('d') ? number * 24 : number);
      scenario.steps.push_back({ScenarioPause{time, heading.starts_with("sleep ")}, {}});
    } else {
      throw std::runtime_error(fmt::format("{}:{}: no part is called \"{}\"", file.string(), begin, heading));
    }
  }
  for (const ScenarioStep& step : scenario.steps)
    if (step.expected.empty() && !std::holds_alternative<ScenarioPause>(step.what))
      throw std::runtime_error(file.string() + ": a mail or command of which nothing is expected");
  if (scenario.steps.empty()) throw std::runtime_error(file.string() + ": has no mail");
  return scenario;
}

std::vector<PersonSettings> scenario_people() {
  return {{"Grace", "reviewer@oind.test", "", {"reviewer", "lead"}},
          {"Quinn", "qa@oind.test", "", {"qa"}},
          {"Pam", "publisher@oind.test", "", {"publisher"}},
          {"Sam", "support@oind.test", "", {"support"}}};
}

bool Scenario::sleeps() const {
  return std::ranges::any_of(steps, [](const ScenarioStep& step) {
    const auto* pause = std::get_if<ScenarioPause>(&step.what);
    return pause && pause->asleep;
  });
}

bool Play::asleep(Instant now) const {
  const auto* pause = over() ? nullptr : std::get_if<ScenarioPause>(&scenario_.steps[step_].what);
  return pause && pause->asleep && now < due_;
}

const ScenarioMail* Play::mail() const {
  return over() ? nullptr : std::get_if<ScenarioMail>(&scenario_.steps[step_].what);
}

const ScenarioCommand* Play::command() const {
  return over() ? nullptr : std::get_if<ScenarioCommand>(&scenario_.steps[step_].what);
}

/// Both ways on whole addresses of the scenarios' people.
std::string Play::tagged(std::string text) const {
  if (tag_.empty()) return text;
  for (const std::string address :
       {"ada@acme.example", "bob@acme.example", "eve@evil.example", "carol@customer.example"}) {
    const auto at = address.find('@');
    const std::string with = address.substr(0, at) + "+" + tag_ + address.substr(at);
    for (auto found = text.find(address); found != std::string::npos;
         found = text.find(address, found + with.size()))
      text.replace(found, address.size(), with);
  }
  return text;
}

std::string Play::untagged(std::string text) const {
  if (tag_.empty()) return text;
  const std::string mark = "+" + tag_ + "@";
  for (auto found = text.find(mark); found != std::string::npos; found = text.find(mark))
    text.replace(found, mark.size(), "@");
  return text;
}

std::string Play::with_references(std::string text) const {
  constexpr std::string_view mark = "@ticket";
  for (auto found = text.find(mark); found != std::string::npos; found = text.find(mark, found)) {
    auto end = found + mark.size();
    TicketId id = ticket_;
    if (end < text.size() && text[end] >= '1' && text[end] <= '9')
      id = tickets_.at(static_cast<std::size_t>(text[end++] - '1'));
    text.replace(found, end - found, reference(id));
  }
  return text;
}

std::vector<std::string> Play::command_words() const {
  std::vector<std::string> words = command()->words;
  for (std::string& word : words) word = with_references(std::move(word));
  return words;
}

std::string Play::message_id() const {
  return fmt::format("{}{}.{}@acme.example", scenario_.name, tag_, step_ + 1);
}

std::optional<store::Letter> Play::last_letter(store::Transaction& tx, const std::string& address,
                                               const std::string& event) const {
  std::optional<store::Letter> out;
  const auto all = tx.letters(true).value();
  for (const store::Letter& letter : all) {
    if (letter.ticket != ticket_ || ticket_ == 0 || (out && letter.id < out->id)) continue;
    if (!event.empty() && letter.event != event) continue;
    const bool to_staff = is_to_team(letter.event);
    const bool to_them = std::ranges::find(letter.recipients, address, &store::LetterRecipient::address) !=
                         letter.recipients.end();
    if (address.empty() ? !to_staff : to_them) out = letter;
  }
  return out ? tx.letter(out->id).value() : std::nullopt;
}

std::string Play::confirm_address_in(store::Transaction& tx) const {
  const auto letter = last_letter(tx, "", mail()->answers);
  const std::string text = letter ? parse_mail(letter->bytes).text : "";
  const auto begin = text.find("oin+c");
  if (begin == std::string::npos)
    throw std::runtime_error(scenario_.name + ": the letter has no address that confirms");
  return text.substr(begin, text.find_first_of(" ,\n", begin) - begin);
}

std::string Play::delivery_report(store::Transaction& tx) const {
  const auto letter = last_letter(tx, "", "");
  if (!letter) throw std::runtime_error(scenario_.name + ": there is no letter to come back");
  const std::string& status = mail()->bounced;
  const bool lasting = status.starts_with('5');
  return with_crlf(fmt::format(
      "From: Mail Delivery System <MAILER-DAEMON@acme.example>\nTo: {}\nSubject: Undelivered mail\n"
      "Message-ID: <{}>\nDate: Mon, 23 Nov 2026 10:00:00 +0000\nAuto-Submitted: auto-replied\n"
      "MIME-Version: 1.0\n"
      "Content-Type: multipart/report; report-type=delivery-status; boundary=\"=_report\"\n\n"
      "--=_report\nContent-Type: text/plain\n\nYour mail was not delivered.\n\n"
      "--=_report\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.acme.example\n\n"
      "Final-Recipient: rfc822; {}\nAction: {}\nStatus: {}\nDiagnostic-Code: smtp; {} {} no\n\n"
      "--=_report\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{}>\nSubject: {}\n\n--=_report--\n",
      letter->reverse_path, message_id(), letter->recipients.at(0).address, lasting ? "failed" : "delayed",
      status, lasting ? 550 : 450, status, letter->message_id, letter->subject));
}

std::string Play::next_mail(store::Transaction& tx) {
  const ScenarioMail& mail = *this->mail();
  if (!mail.bounced.empty()) return delivery_report(tx);
  const std::string person = mail.staff.empty() ? "" : mail.staff + "@oind.test";
  std::map<std::string, std::string> header{
      {"From", person.empty() ? "Ada <ada@acme.example>" : mail.staff + " <" + person + ">"},
      {"Subject", scenario_.title},
      {"To", mail.mailbox + "@oind.test"}};
  std::string body = mail.body;
  if (mail.reply) {
    const auto letter = last_letter(tx, person, mail.answers);
    if (!letter) throw std::runtime_error(scenario_.name + ": there is no letter to reply to");
    const Mail read = parse_mail(letter->bytes);
    header["To"] = read.reply_to.at(0).addr_spec;
    header["Subject"] = "Re: " + read.subject;
    header["In-Reply-To"] = "<" + read.message_id + ">";
    std::string with_quotes;
    for (const std::string& line : lines_of(body)) {
      if (line == "@quote")
        with_quotes +=
            "On Mon, 23 Nov 2026 at 10:00, OIN review desk <oin@oind.test> wrote:\n" + quoted(read.text);
      else if (line.starts_with("@quote "))
        with_quotes += quoted(issue_in(read.text, line.substr(7)));
      else
        with_quotes.append(line).append("\n");
    }
    body = std::move(with_quotes);
  }
  for (const auto& [name, value] : mail.header)
    header[name] = value == "@confirm" ? confirm_address_in(tx) : value;
  std::erase_if(header, [](const auto& field) { return field.second == "none"; });
  std::string out;
  for (const auto& [name, value] : header) out += tagged(with_references(name + ": " + value)) + "\n";
  out += "Message-ID: <" + message_id() + ">\nDate: Mon, 23 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\n";
  const std::string text = std::string("Content-Type: text/") + (mail.html ? "html" : "plain") +
                           "; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" +
                           tagged(with_references(body));
  if (mail.attachments.empty()) return with_crlf(out + text);
  out += "Content-Type: multipart/mixed; boundary=\"=_scenario\"\n\n--=_scenario\n" + text;
  for (const std::string& name : mail.attachments)
    out += fmt::format(
        "\n--=_scenario\nContent-Type: {}; name=\"{}\"\nContent-Disposition: attachment; filename=\"{}\"\n"
        "Content-Transfer-Encoding: base64\n\n{}",
        media_type(name), name, name, base64(bytes_of(folder / "files" / name)));
  return with_crlf(out + "\n--=_scenario--\n");
}

std::vector<std::string> Play::check(store::Transaction& tx, const Office& office) {
  std::vector<std::string> failures;
  const ScenarioStep& step = scenario_.steps[step_];
  const TicketId before = ticket_;
  TicketId now = 0;
  const auto rows = tx.mails_by_message_id(message_id()).value();
  for (const store::MailRow& mail : rows) {
    const auto ids = tx.tickets_of_mail(mail.id).value();
    if (!ids.empty()) now = ids.back();
  }
  if (!mail()) now = before;
  if (now != 0 && now != before) ticket_ = now, events_ = 0;
  if (now != 0 && std::ranges::find(tickets_, now) == tickets_.end()) tickets_.push_back(now);

  Json ticket = Json::object();
  std::vector<std::string> events;
  if (ticket_ != 0) {
    ticket = ticket_query(tx, office, {{"number", ticket_}, {"as", "reviewer@oind.test"}}, Instant{}).value();
    for (std::size_t i = events_; i < ticket["timeline"].size(); ++i) {
      const std::string type = ticket["timeline"][i]["type"];
      const bool of_notice =
          type == "letter-written" && is_to_team(ticket["timeline"][i]["text"].get<std::string>().substr(7));
      if (type != "letter-accepted" && !of_notice) events.push_back(type);
    }
    events_ = ticket["timeline"].size();
  }
  std::vector<std::string> letters, notices;
  std::map<std::string, Mail> digests;  // by the person's address
  std::optional<Mail> letter, notice;
  const store::LetterId before_step = letter_;
  const auto all_letters = tx.letters(true).value();
  for (const store::Letter& each : all_letters) {
    letter_ = std::max(letter_, each.id);
    if (each.id > before_step && each.event == "staff-digest")
      digests[each.recipients.at(0).address] = parse_mail(tx.letter(each.id).value()->bytes);
    if (each.ticket != ticket_ || ticket_ == 0 || each.id <= before_step) continue;
    const bool to_staff = is_to_team(each.event);
    (to_staff ? notices : letters).push_back(each.event);
    (to_staff ? notice : letter) = parse_mail(tx.letter(each.id).value()->bytes);
  }

  const auto list = [&](const char* key, const std::function<std::string(const Json&)>& word) {
    std::vector<std::string> out;
    if (ticket.contains(key))
      for (const Json& item : ticket[key])
        if (std::string one = word(item); !one.empty()) out.push_back(std::move(one));
    return out;
  };
  const auto standing = [&](std::string_view severity) {
    return list("issues", [&](const Json& issue) {
      const bool stands = issue["state"] == "open" || issue["state"] == "answered";
      return stands && (severity.empty() || issue["severity"] == severity) ? issue["code"].get<std::string>()
                                                                           : "";
    });
  };
  const auto in_state = [&](std::string_view state, const char* what) {
    return list("issues", [&](const Json& issue) {
      return issue["state"] == state
                 ? (issue[what].is_string() ? issue[what].get<std::string>() : issue[what].dump())
                 : "";
    });
  };
  const auto field = [&](const std::string& name) -> std::optional<std::string> {
    if (!ticket.contains("submission") || !ticket["submission"].is_object()) return std::nullopt;
    const Json& fields = ticket["submission"]["fields"];
    return fields.contains(name) ? std::optional(shown_value(fields[name])) : std::nullopt;
  };
  for (Expectation expected : step.expected) {
    expected.value = with_references(std::move(expected.value));
    const auto fail = [&](const std::string& found) {
      failures.push_back(fmt::format("{}:{}: {}: expected \"{}\", found \"{}\"", scenario_.name,
                                     expected.line, expected.what, expected.value, untagged(found)));
    };
    const auto same = [&](const std::string& found) {
      if (untagged(found) != expected.value) fail(found);
    };
    const auto same_words = [&](const std::vector<std::string>& found, bool sorted = true) {
      if (untagged(joined(found, sorted)) != joined(words_of(expected.value), sorted))
        fail(joined(found, sorted));
    };
    const auto among = [&](const std::vector<std::string>& found, bool wanted) {
      if ((std::ranges::find(found, expected.value) != found.end()) != wanted) fail(joined(found, true));
    };
    const std::string& what = expected.what;
    if (what == "ticket") {
      if (expected.value.starts_with("OIN-"))
        same(reference(now));
      else
        same(now == 0 ? "none" : now == before ? "same" : "new");
    } else if (what == "intent") {
      std::string found;
      for (const Json& event : ticket.value("timeline", Json::array()))
        if (event["type"] == "mail-filed") found = event["text"].get<std::string>();
      same(found.substr(0, found.find(' ')));
    } else if (what == "due") {
      const bool stands = ticket.contains("due_at") && !ticket["due_at"].is_null();
      const std::string found = stands ? ticket["due_at"].get<std::string>() : "no";
      const auto wanted = parse_rfc3339(expected.value + ":00Z"), due = parse_rfc3339(found);
      // To the minute, though a running desk's clock ticks on between a step and the next.
      if (wanted && due && std::chrono::abs(*due - *wanted) < std::chrono::minutes(tag_.empty() ? 1 : 3))
        continue;
      same(stands && expected.value == "yes" ? "yes" : found);
    } else if (what == "outcome" || what == "assignee" || what == "kind" || what == "queue" ||
               what == "phase" || what == "turn" || what == "state" || what == "title" ||
               what == "revision") {
      const Json value = ticket.value(what, Json());
      same(value.is_null() ? "-" : shown_value(value));
    } else if (what == "protocols") {
      std::vector<std::string> found;
      if (ticket.contains("submission") && ticket["submission"].is_object())
        for (const Json& one : ticket["submission"]["protocols"]) found.push_back(one);
      same_words(found);
    } else if (what == "issues") {
      same_words(standing(""));
    } else if (what == "blockers") {
      same_words(standing("blocker"));
    } else if (what == "musts") {
      same_words(standing("must"));
    } else if (what == "issue") {
      among(standing(""), true);
    } else if (what == "no issue") {
      among(standing(""), false);
    } else if (what == "fixed") {
      same_words(in_state("fixed", "code"));
    } else if (what == "answered") {
      same_words(in_state("answered", "number"));
    } else if (what.starts_with("field ")) {
      same(field(what.substr(6)).value_or("(no such field)"));
    } else if (what == "no field") {
      if (const auto found = field(expected.value)) fail(*found);
    } else if (what == "unknown") {
      std::vector<std::string> found;
      if (ticket.contains("submission") && ticket["submission"].is_object())
        for (const Json& one : ticket["submission"]["unknown"]) found.push_back(one["label"]);
      among(found, true);
    } else if (what == "events") {
      same_words(events, false);
    } else if (what == "event") {
      among(events, true);
    } else if (what == "letters") {
      same_words(letters, false);
    } else if (what == "notices") {
      same_words(notices);
    } else if (what == "timeline says") {
      std::string all;
      for (const Json& event : ticket.value("timeline", Json::array()))
        all += event["text"].get<std::string>() + "\n";
      if (untagged(all).find(expected.value) == std::string::npos) fail(all);
    } else if (what == "letter says" || what == "letter lacks" || what == "notice says" ||
               what == "notice lacks") {
      const auto& mail = what.starts_with("notice") ? notice : letter;
      const std::string text = mail ? without_blanks(mail->subject + "\n" + mail->text) : "";
      const bool found = untagged(text).find(without_blanks(expected.value)) != std::string::npos;
      if (found == what.ends_with("lacks")) fail(mail ? mail->text : "(no letter)");
    } else if (what == "letter to" || what == "notice to") {
      const auto& mail = what == "notice to" ? notice : letter;
      std::vector<std::string> found;
      for (const Address& each : mail ? mail->to : std::vector<Address>()) found.push_back(each.addr_spec);
      if (words_of(expected.value).size() > 1)
        same_words(found);
      else
        same(found.empty() ? "(no letter)" : found.front());
    } else if (what.starts_with("digest ") || what.starts_with("no digest ")) {
      const auto found = digests.find(what.substr(what.rfind(' ') + 1) + "@oind.test");
      const std::string text = found == digests.end() ? "" : without_blanks(found->second.text);
      const bool says = text.find(without_blanks(expected.value)) != std::string::npos;
      if (says == what.starts_with("no ")) fail(text.empty() ? "(no digest)" : text);
    } else if (what == "refused") {
      if (expected.value == "-" ? !refused_.empty() : refused_.find(expected.value) == std::string::npos)
        fail(refused_.empty() ? "(it was done)" : refused_);
    } else if (what == "attachments") {
      std::vector<std::string> found;
      if (letter)
        for (const Attachment& each : letter->attachments) found.push_back(each.filename);
      same_words(found);
    } else if (what == "participants") {
      same_words(list("participants", [](const Json& one) { return one["address"].get<std::string>(); }));
    } else {
      fail("nothing: no such thing can be expected");
    }
  }
  ++step_;
  if (!over()) {
    const auto* pause = std::get_if<ScenarioPause>(&scenario_.steps[step_].what);
    due_ += pause ? pause->time : std::chrono::hours(1);
  }
  if (!refused_.empty() &&
      std::ranges::find(step.expected, "refused", &Expectation::what) == step.expected.end())
    failures.push_back(fmt::format("{}: the command was refused: {}", scenario_.name, refused_));
  refused_.clear();
  return failures;
}

}  // namespace oin::test
