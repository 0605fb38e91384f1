/// oinctl: the operator's tool.  Exit status: 0 done, 1 refused or failed, 2 wrong usage, 3 daemon or store
/// cannot be reached.  JSON goes to standard output, words for people about errors to standard error.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <pwd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

#include "daemon/clock.hpp"
#include "daemon/console.hpp"
#include "daemon/explain.hpp"
#include "daemon/log.hpp"
#include "daemon/oinctl_print.hpp"
#include "daemon/queries.hpp"
#include "daemon/rules_json.hpp"
#include "daemon/temporary_folder.hpp"
#include "parsers/ticket_reference.hpp"
#include "templates/letters_page.hpp"
#include "templates/plain_value.hpp"

namespace {

using oin::Json;

enum Exit { done = 0, failed = 1, usage = 2, unreachable = 3 };

struct Options {
  std::string config, as;
  bool json = false;
};

int fail(Exit status, const std::string& why) {
  std::cerr << "oinctl: " << oin::plain_value(why) << "\n";
  return status;
}

/// A terminal is steered by control characters; what came by mail must not be.  Raw mails keep every byte on
/// their way into a file.
std::string for_people(const std::string& verb, const Json& answer) {
  std::ostringstream words;
  oin::print_answer(words, verb, answer);
  const bool raw = answer.is_object() && answer.contains("raw") && !isatty(STDOUT_FILENO);
  return raw ? words.str() : oin::plain_value(words.str());
}

void show(const Options& options, const std::string& verb, const Json& answer) {
  if (options.json)
    std::cout << oin::print(answer) << "\n";
  else
    std::cout << for_people(verb, answer);
}

oin::Result<oin::Office> open_office(const std::string& config) {
  oin::Problems problems;
  oin::Configuration configuration =
      config.empty() ? oin::shipped_configuration() : oin::load(config, problems);
  std::string all;
  for (const std::string& problem : problems) all += (all.empty() ? "" : "\n") + problem;
  if (!all.empty()) return oin::permanent(all);
  return oin::open_office(std::move(configuration));
}

/// Standard input for "-", a file's bytes otherwise; empty when it cannot be read.
std::optional<std::string> read_file(const std::string& name) {
  std::ostringstream bytes;
  if (name == "-") {
    bytes << std::cin.rdbuf();
    return bytes.str();
  }
  std::ifstream file(name, std::ios::binary);
  if (!file || !(bytes << file.rdbuf())) {
    if (file && file.peek() == std::ifstream::traits_type::eof()) return std::string();
    return std::nullopt;
  }
  return bytes.str();
}

// -- verbs that need no daemon --

int parse(const Options& options, std::vector<std::string> files, bool mbox, bool list_defects) {
  if (list_defects) {
    Json list = Json::array();
    for (const oin::DefectCode& code : oin::defect_codes()) {
      if (options.json)
        list.push_back({{"code", code.code}, {"meaning", code.meaning}});
      else
        std::cout << fmt::format("{:<32} {}\n", code.code, code.meaning);
    }
    if (options.json) std::cout << oin::print(list) << "\n";
    return done;
  }
  std::optional<oin::Office> office;
  oin::MailLimits limits;
  if (!options.config.empty()) {
    auto opened = open_office(options.config);
    if (!opened) return fail(failed, opened.error().what);
    office = std::move(opened).value();
    limits = oin::mail_limits(office->settings);
  }
  if (files.empty()) files.push_back("-");
  int status = done;
  for (const std::string& file : files) {
    auto bytes = read_file(file);
    if (!bytes) {
      show(options, "parse", {{"file", file}, {"error", "cannot be read"}});
      status = failed;
      continue;
    }
    const std::vector<std::string> messages =
        mbox ? oin::split_mbox(*bytes) : std::vector<std::string>{*std::move(bytes)};
    for (std::size_t i = 0; i < messages.size(); ++i) {
      oin::Mail mail = oin::parse_mail(messages[i], limits);
      if (office && office->signer.letter_of_message_id(mail.message_id))
        mail.automatic = oin::Automatic{"self", {"Message-ID: signed by this desk"}};
      show(options, "parse", oin::mail_json(file, static_cast<int>(i), mail));
    }
  }
  return status;
}

/// The store that the settings name, read-only; null when there is none yet.
oin::Result<std::unique_ptr<oin::store::Store>> open_reader(const oin::Office& office) {
  const auto& path = office.settings.store.sqlite_path;
  std::error_code ignored;
  if (path.empty() || !std::filesystem::exists(path, ignored)) return std::unique_ptr<oin::store::Store>();
  return oin::store::open_sqlite(path, oin::store::Access::reader);
}

int explain(const Options& options, std::vector<std::string> files, const std::string& mailbox,
            const std::string& at) {
  auto office = open_office(options.config);
  if (!office) return fail(failed, office.error().what);
  if (!mailbox.empty() && !office.value().desk.mailbox(mailbox))
    return fail(failed, "there is no mailbox \"" + mailbox + "\"");
  const auto now = at.empty() ? std::optional(oin::Clock().now()) : oin::parse_rfc3339(at);
  if (!now) return fail(usage, "--at takes a time such as 2026-11-23T10:00:00Z");
  auto store = open_reader(office.value());
  if (!store) return fail(unreachable, store.error().what);
  const oin::TemporaryFolder empty;  // for a store where there is none yet
  if (!store.value()) store = oin::store::open_sqlite(empty.path() / "empty.db", oin::store::Access::daemon);
  if (!store) return fail(unreachable, store.error().what);
  if (files.empty()) files.push_back("-");
  int status = done;
  for (const std::string& file : files) {
    auto bytes = read_file(file);
    if (!bytes) {
      std::cout << oin::print(Json{{"file", file}, {"error", "cannot be read"}}) << "\n";
      status = failed;
      continue;
    }
    const oin::ReadMail read = oin::read_mail(*bytes, 0, office.value());
    const std::string name = mailbox.empty() ? oin::mailbox_of(office.value().desk, read.mail) : mailbox;
    auto tx = store.value()->begin_read();
    if (!tx) return fail(unreachable, tx.error().what);
    const auto reception = oin::receive(*tx.value(), office.value(), read, name, 0, *now, *now);
    if (!reception) return fail(unreachable, reception.error().what);
    show(options, "explain", oin::explain_json(file, office.value(), read, name, reception.value()));
  }
  return status;
}

int rules(const Options& options, const std::string& act) {
  const auto office = open_office(options.config);
  if (!office) return fail(failed, office.error().what);
  if (act == "list") {
    show(options, "rules", oin::rules_json(office.value().desk));
    return done;
  }
  const std::vector<std::string> problems = office.value().desk.rules.problems();
  show(options, "rules-test", problems);
  return problems.empty() ? done : failed;
}

int list_templates(const Options& options, const oin::Letters& letters, bool markdown) {
  if (markdown) {
    std::cout << oin::letters_page(letters);
    return done;
  }
  Json list = Json::array();
  for (const std::string& event : letters.events()) {
    Json own = Json::array();
    for (const std::string& file : letters.overridden())
      if (file.starts_with(event + "/")) own.push_back(file);
    const auto [to, when] = letters.about(event);
    list.push_back({{"event", event},
                    {"to", to},
                    {"when", when},
                    {"locales", letters.locales_of(event)},
                    {"overridden", std::move(own)},
                    {"variables", letters.sample(event).value()}});
  }
  show(options, "template", list);
  return done;
}

int check_templates(const Options& options, const oin::Letters& letters) {
  const std::vector<std::string> problems = letters.check();
  show(options, "template-check", problems);
  return problems.empty() ? done : failed;
}

// -- verbs of a daemon, and of the store without one --

bool needs_daemon(const std::string& verb, const Json& arguments) {
  const std::string act = arguments.value("act", "list");
  return arguments.contains("words") || verb == "reconcile" || verb == "clock" || verb == "log" ||
         verb == "erase" || verb == "compact" || verb == "retention" || act == "retry" || act == "drop" ||
         act == "resume" || act == "add" || act == "lift";
}

/// Which view of the answer is printed.
std::string view_of(const std::string& verb, const Json& arguments) {
  if (arguments.value("clock", false)) return "ticket-clock";
  if (arguments.value("csv", false)) return "report-csv";
  return verb;
}

int finish(const Options& options, const std::string& verb, const Json& arguments, const Json& answer) {
  if (answer.contains("error")) return fail(failed, answer["error"].get<std::string>());
  const Json& result = answer["result"];
  show(options, view_of(verb, arguments), result);
  if (verb == "reconcile")
    for (const Json& mailbox : result)
      if (!mailbox["unexplained"].empty()) return failed;
  return done;
}

/// The daemon's answer, or the store's where none runs: {"result": …} or {"error": …}.  An Error of this
/// function: neither could be asked.
oin::Result<Json> answer_of(const oin::Office& office, const std::string& verb, const Json& arguments) {
  if (auto answer = oin::ask_daemon(office.settings.paths.socket, verb, arguments)) return *std::move(answer);
  if (needs_daemon(verb, arguments))
    return oin::permanent("no daemon listens at " + office.settings.paths.socket.string());
  OIN_TRY(const auto store, open_reader(office));
  if (!store)
    return oin::permanent("no daemon runs and there is no store at " +
                          office.settings.store.sqlite_path.string());
  OIN_TRY(const auto tx, store->begin_read());
  auto result = oin::answer_query(*tx, office, verb, arguments, oin::Clock().now());
  if (!result) return Json{{"error", result.error().what}};
  return Json{{"result", std::move(result).value()}};
}

int ask(const Options& options, const std::string& verb, const Json& arguments) {
  if (options.config.empty()) return fail(usage, verb + " needs --config FILE");
  auto office = open_office(options.config);
  if (!office) return fail(failed, office.error().what);
  const auto answer = answer_of(office.value(), verb, arguments);
  if (!answer) return fail(unreachable, answer.error().what);
  return finish(options, verb, arguments, answer.value());
}

struct TemplateOptions {
  std::string act = "list", event, ticket, locale;
  bool html = false, markdown = false;
};

/// The letter as the files on disk now have it: what a running daemon knows of the ticket, in words that it
/// may not have taken over yet.
int render_template(const Options& options, const oin::Office& office, const TemplateOptions& wanted) {
  const auto& locales = office.letters.locales();
  if (!wanted.locale.empty() && std::ranges::find(locales, wanted.locale) == locales.end())
    return fail(usage, fmt::format("there are no letters in \"{}\"; there are in {}", wanted.locale,
                                   fmt::join(locales, ", ")));
  const auto sample = office.letters.sample(wanted.event, wanted.locale);
  if (!sample) return fail(failed, sample.error().what);
  Json letter = {{"event", wanted.event},
                 {"ticket", nullptr},
                 {"locale", wanted.locale.empty() ? "en" : wanted.locale},
                 {"variables", sample.value()},
                 {"from_sample", Json::array()}};
  if (!wanted.ticket.empty()) {
    if (options.config.empty()) return fail(usage, "template render --ticket needs --config FILE");
    const auto number = oin::ticket_number(wanted.ticket);
    if (!number) return fail(usage, "\"" + wanted.ticket + "\" is no ticket number; 1 and OIN-1 are");
    const auto answer = answer_of(office, "template",
                                  {{"event", wanted.event}, {"number", *number}, {"locale", wanted.locale}});
    if (!answer) return fail(unreachable, answer.error().what);
    if (answer.value().contains("error")) return fail(failed, answer.value()["error"].get<std::string>());
    letter = answer.value()["result"];
    if (!letter["from_sample"].empty())
      std::cerr << fmt::format(
          "oinctl: only the moment of this letter has these, so they are the sample's: {}\n",
          fmt::join(letter["from_sample"].get<std::vector<std::string>>(), ", "));
  }
  const auto words =
      office.letters.render(wanted.event, letter["variables"], letter["locale"].get<std::string>());
  if (!words) return fail(failed, words.error().what);
  letter.erase("variables");
  letter["subject"] = words.value().subject;
  letter["text"] = words.value().text;
  letter["html"] = words.value().html;
  if (wanted.html && !options.json)
    std::cout << words.value().html;
  else
    show(options, "template-render", letter);
  return done;
}

int templates(const Options& options, const TemplateOptions& wanted) {
  const auto office = open_office(options.config);
  if (!office) return fail(failed, office.error().what);
  if (wanted.act == "list") return list_templates(options, office.value().letters, wanted.markdown);
  if (wanted.act == "check") return check_templates(options, office.value().letters);
  if (wanted.event.empty())
    return fail(usage, "template render takes the name of a letter; template list has them");
  return render_template(options, office.value(), wanted);
}

/// Asks for the status until the daemon is ready, at most so long.
int wait_ready(const Options& options, double seconds) {
  if (options.config.empty()) return fail(usage, "status needs --config FILE");
  auto office = open_office(options.config);
  if (!office) return fail(failed, office.error().what);
  const auto until = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  std::optional<Json> answer;
  for (;;) {
    answer = oin::ask_daemon(office.value().settings.paths.socket, "status", Json::object());
    if (answer && answer->contains("result") && (*answer)["result"].value("ready", false))
      return finish(options, "status", Json::object(), *answer);
    if (std::chrono::steady_clock::now() >= until) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  if (!answer)
    return fail(unreachable, "no daemon listens at " + office.value().settings.paths.socket.string());
  finish(options, "status", Json::object(), *answer);
  return fail(unreachable, fmt::format("the daemon was not ready within {} s", seconds));
}

/// `VERB [list | show ID | retry ID | drop ID]`
void add_shelf(CLI::App& app, const std::string& verb, const std::string& what,
               const std::vector<std::string>& acts, std::string& act, std::string& id) {
  CLI::App* sub = app.add_subcommand(verb, what);
  sub->add_option("act", act, fmt::format("one of {}", fmt::join(acts, ", ")))->check(CLI::IsMember(acts));
  sub->add_option("id", id, "the number in the list");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"oinctl, the operator's tool of oind"};
  app.require_subcommand(1);
  app.fallthrough();
  Options options;
  app.add_option("--config", options.config, "oind.toml");
  app.add_flag("--json", options.json, "machine-readable output");
  app.add_option("--as", options.as, "the person who acts");
  app.set_version_flag("--version", std::string("oinctl ") + OIND_VERSION);

  std::vector<std::string> files, words;
  bool mbox = false, list_defects = false, overdue = false, all = false, clock_wanted = false, csv = false;
  std::string mailbox, at, queue, phase, state, assignee, search, number, act = "list", id, message_id, from,
                                                                          to, set, advance, level, address;
  double wait = -1;
  std::int64_t mail = 0;

  CLI::App* parse_verb = app.add_subcommand("parse", "what can be read from a mail");
  parse_verb->add_option("file", files, "messages; - is standard input");
  parse_verb->add_flag("--mbox", mbox, "each file holds many messages");
  parse_verb->add_flag("--list-defects", list_defects, "the codes in `defects` and what they mean");
  CLI::App* explain_verb = app.add_subcommand("explain", "what would be done with a mail, and why");
  explain_verb->add_option("file", files, "messages; - is standard input");
  explain_verb->add_option("--mailbox", mailbox, "as if it came to this mailbox");
  explain_verb->add_option("--at", at, "as if it came at this time");
  CLI::App* status_verb = app.add_subcommand("status", "mailboxes, queues, outbox, quarantine");
  status_verb->add_option("--wait", wait, "seconds to wait until the daemon is ready");
  CLI::App* tickets_verb = app.add_subcommand("tickets", "a line a ticket");
  tickets_verb->add_option("--queue", queue, "");
  tickets_verb->add_option("--phase", phase, "");
  tickets_verb->add_option("--state", state, "open, held or closed");
  tickets_verb->add_option("--assignee", assignee, "");
  tickets_verb->add_option("--search", search, "words in title, requester or subject");
  tickets_verb->add_flag("--overdue", overdue, "");
  CLI::App* ticket_verb = app.add_subcommand("ticket", "one ticket");
  ticket_verb->add_option("number", number, "1 or OIN-1")->required();
  ticket_verb->add_option("--mail", mail, "the raw bytes of its mail K");
  ticket_verb->add_option("command", words,
                          "a command and its arguments, as by mail without the \"/\"; `help` lists them");
  ticket_verb->add_flag("--clock", clock_wanted, "how its due date came about");
  app.add_subcommand("queues", "sizes, oldest, due next, overdue");
  add_shelf(app, "outbox", "letters that wait, are uncertain, failed or dead",
            {"list", "show", "retry", "drop", "resume"}, act, id);
  app.get_subcommand("outbox")->add_flag("--all", all, "the sent ones too");
  app.add_subcommand("rules", "the checks of a submission, or each against its own examples")
      ->add_option("act", act, "list or test")
      ->check(CLI::IsMember({"list", "test"}));
  add_shelf(app, "quarantine", "mails that could not be handled", {"list", "show", "retry", "drop"}, act, id);
  CLI::App* suppressed_verb = app.add_subcommand("suppressed", "addresses that nothing is sent to");
  suppressed_verb->add_option("act", act, "list, add or lift")->check(CLI::IsMember({"list", "add", "lift"}));
  suppressed_verb->add_option("address", address,
                              "ada@vendor.example, or @vendor.example for all of a domain");
  suppressed_verb->add_option("reason", words, "why, for whoever asks later");
  bool dry_run = false, force = false;
  CLI::App* erase_verb = app.add_subcommand("erase", "a person's data leaves the store (docs/privacy.md)");
  erase_verb->add_option("address", address, "ada@vendor.example, or @vendor.example for all of a domain")
      ->required();
  erase_verb->add_flag("--dry-run", dry_run, "only say what would go");
  erase_verb->add_flag("--force", force, "also while an open ticket has them as its requester");
  app.add_subcommand("retention", "what is kept how long, and what would be deleted now");
  app.add_subcommand("compact", "nothing of what was deleted stays in the store's file");
  TemplateOptions letter;
  CLI::App* template_verb =
      app.add_subcommand("template", "the letters, with sample data or a real ticket's");
  template_verb->add_option("act", letter.act, "list, render or check")
      ->check(CLI::IsMember({"list", "render", "check"}));
  template_verb->add_option("event", letter.event, "the letter to render");
  template_verb->add_option("--ticket", letter.ticket, "1 or OIN-1; without it the shipped sample");
  template_verb->add_option("--locale", letter.locale, "en, de; without it the ticket's own");
  template_verb->add_flag("--html", letter.html, "the HTML instead of the text");
  template_verb->add_flag("--markdown", letter.markdown,
                          "list: every variable and its type, as docs/letters.md has it");
  CLI::App* reconcile_verb = app.add_subcommand("reconcile", "the ledger held against the live folder");
  reconcile_verb->add_option("mailbox", mailbox, "");
  CLI::App* happened_verb =
      app.add_subcommand("what-happened", "everything that was done with one mail, in or out");
  happened_verb->add_option("message-id", message_id, "")->required();
  CLI::App* clock_verb =
      app.add_subcommand("clock", "the desk's time; under test_clock: set TIME or advance 5d");
  clock_verb->add_subcommand("set", "")->add_option("time", set, "")->required();
  clock_verb->add_subcommand("advance", "")->add_option("span", advance, "")->required();
  CLI::App* report_verb = app.add_subcommand("report", "what the desk has done");
  CLI::App* sla_report = report_verb->add_subcommand("sla", "time in each phase, percentiles, breaches");
  sla_report->add_option("--from", from, "the first day, such as 2026-11-01");
  sla_report->add_option("--to", to, "the last day");
  sla_report->add_flag("--csv", csv, "as lines for a spreadsheet");
  CLI::App* answers_report =
      report_verb->add_subcommand("answers", "which articles went along, and whether askers wrote again");
  report_verb->require_subcommand(1);
  app.add_subcommand("log", "the running daemon's log level")
      ->add_option("level", level, "trace, debug, info, warn, error")
      ->required();

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? done : usage;
  }
  std::string verb = app.get_subcommands().front()->get_name();
  if (answers_report->parsed()) verb = "report-answers";
  if (verb == "parse") return parse(options, files, mbox, list_defects);
  if (verb == "explain") return explain(options, files, mailbox, at);
  if (verb == "rules") return rules(options, act);
  if (verb == "template") return templates(options, letter);
  if (verb == "status" && wait >= 0) return wait_ready(options, wait);

  Json arguments = Json::object();
  const auto pass = [&](const char* key, const std::string& value) {
    if (!value.empty()) arguments[key] = value;
  };
  if (verb == "tickets") {
    pass("queue", queue), pass("phase", phase), pass("state", state), pass("assignee", assignee),
        pass("search", search);
    if (overdue) arguments["overdue"] = true;
  } else if (verb == "ticket") {
    const auto n = oin::ticket_number(number);
    if (!n) return fail(usage, "\"" + number + "\" is no ticket number; 1 and OIN-1 are");
    arguments["number"] = *n;
    if (mail > 0) arguments["mail"] = mail;
    if (clock_wanted) arguments["clock"] = true;
    if (!words.empty()) arguments["words"] = words;
  } else if (verb == "suppressed") {
    arguments["act"] = act;
    if (act != "list" && address.empty()) return fail(usage, "suppressed " + act + " needs an address");
    if (act == "add" && words.empty()) return fail(usage, "suppressed add needs a reason");
    pass("address", address), pass("reason", fmt::format("{}", fmt::join(words, " ")));
  } else if (verb == "outbox" || verb == "quarantine") {
    arguments["act"] = act;
    if (all) arguments["all"] = true;
    if (act != "list" && act != "resume") {
      const auto n = oin::ticket_number(id);
      if (!n) return fail(usage, verb + " " + act + " needs the number of an entry");
      arguments["id"] = *n;
    }
  }
  if (!options.as.empty()) arguments["as"] = options.as;
  if (const passwd* user = getpwuid(getuid())) arguments["unix_user"] = user->pw_name;
  if (csv) arguments["csv"] = true;
  if (dry_run) arguments["dry_run"] = true;
  if (force) arguments["force"] = true;
  if (verb == "erase") arguments["address"] = address;
  pass("from", from), pass("to", to), pass("mailbox", mailbox), pass("message_id", message_id),
      pass("set", set), pass("advance", advance), pass("level", level);
  return ask(options, verb, arguments);
}
