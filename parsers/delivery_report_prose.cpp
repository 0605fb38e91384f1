#include "parsers/delivery_report_prose.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "parsers/address.hpp"
#include "parsers/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/delivery_report.hpp"
#include "parsers/delivery_report_mentions.hpp"

namespace oin {
namespace {

constexpr std::size_t longest_words = 1000;
constexpr std::size_t most_asides = 20;

void append(std::string& words, std::string_view more) {
  more = bare(more);
  if (more.empty() || words.size() >= longest_words) return;
  if (!words.empty()) words.push_back(' ');
  words += more.substr(0, longest_words);
}

/// What stands behind an address in its line: "<ada@x>: user unknown", "ada@x [User unknown]".
std::string_view behind(std::string_view line, std::size_t end) {
  line.remove_prefix(std::min(end, line.size()));
  if (line.starts_with("<mailto:"))  // a link that became text
    line.remove_prefix(std::min(line.find('>'), line.size()));
  const auto begin = line.find_first_not_of(">:;,.- \t'\")*");
  return begin == std::string_view::npos ? std::string_view() : line.substr(begin);
}

/// Sendmail's "(reason: 550 5.1.1 ... User unknown)" without its wrapping.
std::string unwrapped(std::string words) {
  constexpr std::string_view wrap = "(reason: ";
  if (!words.starts_with(wrap)) return words;
  words.erase(0, wrap.size());
  // The bracket that closes it: the last one that is open too many.
  int depth = 1;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == '(') ++depth;
    if (words[i] == ')' && --depth == 0) {
      words.erase(i, 1);
      break;
    }
  }
  return words;
}

/// What is said about the one whom `mention` names: the rest of its line and the lines below, up to a blank
/// one behind some words, or to the line at which somebody else's begins.
std::string words_behind(std::span<const TextLine> lines, const Mention& mention, std::size_t until) {
  std::string words;
  if (mention.standing == Standing::leads || mention.standing == Standing::coded)
    append(words, behind(lines[mention.line].text.substr(0, longest_mention_line), mention.end));
  if (mention.standing != Standing::leads)
    words.assign(bare(lines[mention.line].text).substr(0, longest_words));
  for (std::size_t i = mention.line + 1; i < std::min(until, lines.size()); ++i) {
    // In a dialogue every line speaks for itself, but for its folds.
    if (mention.standing == Standing::coded && !lines[i].text.starts_with(' ')) break;
    if (!is_blank_line(lines[i].text))
      append(words, lines[i].text);
    else if (!words.empty())
      break;
    if (words.size() >= longest_words) break;
  }
  return unwrapped(scrubbed(words));
}

using Index = std::unordered_map<std::string, std::size_t>;

/// Gives each recipient the other lines that name it.
void add_asides(std::vector<NamedRecipient>& recipients, const Index& index, std::span<const Mention> all,
                std::span<const TextLine> lines) {
  for (const Mention& mention : all) {
    const auto known = index.find(comparable(mention.address));
    if (known == index.end()) continue;
    auto& asides = recipients[known->second].asides;
    if (asides.size() < most_asides)
      asides.push_back(scrubbed(bare(lines[mention.line].text).substr(0, longest_words)));
  }
}

std::vector<NamedRecipient> read(std::span<const TextLine> lines, std::span<const Mention> all,
                                 std::span<const Mention* const> chosen) {
  std::vector<NamedRecipient> found;
  Index index;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const Mention& mention = *chosen[i];
    const std::size_t until = i + 1 < chosen.size() ? chosen[i + 1]->line : lines.size();
    std::string words = words_behind(lines, mention, std::max(until, mention.line + 1));
    const auto [known, is_new] = index.emplace(comparable(mention.address), found.size());
    if (is_new)
      found.push_back({mention.address, std::move(words), {}});
    else if (found[known->second].words.empty())
      found[known->second].words = std::move(words);
    else if (found[known->second].asides.size() < most_asides)
      found[known->second].asides.push_back(std::move(words));
  }
  add_asides(found, index, all, lines);
  return found;
}

/// Mail systems' and list managers' own addresses, to which people are sent for help.
bool is_office(std::string_view address) {
  const std::string local = lower(address.substr(0, address.find('@')));
  for (const std::string_view office :
       {"postmaster", "mailer-daemon", "mailerdaemon", "abuse", "helpdesk", "support"})
    if (local == office) return true;
  for (const std::string_view list : {"-ctl", "-request", "-admin", "-owner", "-help", "-bounces"})
    if (local.ends_with(list)) return true;
  return false;
}

}  // namespace

std::vector<NamedRecipient> recipients_in_prose(std::span<const TextLine> lines, const ProseReader& reader) {
  const std::vector<Mention> all = mentions(lines);
  const auto is_doubtful = [&](const Mention& mention) {
    return is_office(mention.address) ||
           std::ranges::find(reader.bystanders, comparable(mention.address)) != reader.bystanders.end();
  };
  const auto standing_so = [&](Standing habit, bool doubtful) {
    std::vector<const Mention*> chosen;
    std::unordered_set<std::string> seen;
    for (const Mention& mention : all) {
      if (mention.standing != habit || is_doubtful(mention) != doubtful) continue;
      std::string key = comparable(mention.address);
      if (seen.size() >= reader.most_recipients && !seen.contains(key)) break;
      seen.insert(std::move(key));
      chosen.push_back(&mention);
    }
    return chosen;
  };
  for (const Standing habit : {Standing::leads, Standing::coded, Standing::told})
    if (const auto chosen = standing_so(habit, false); !chosen.empty()) return read(lines, all, chosen);
  // Somebody may have written to the postmaster, or to oneself.
  if (const auto chosen = standing_so(Standing::leads, true); !chosen.empty())
    return read(lines, all, chosen);
  if (!reader.any_address) return {};
  return read(lines, all, standing_so(Standing::mentioned, false));
}

std::vector<NamedRecipient> words_about(std::span<const TextLine> lines,
                                        std::span<const std::string> addresses) {
  const std::vector<Mention> all = mentions(lines);
  Index wanted;
  for (std::size_t i = 0; i < addresses.size(); ++i) wanted.emplace(comparable(addresses[i]), i);
  std::vector<const Mention*> leading;
  for (const Mention& mention : all)
    if (mention.standing == Standing::leads && wanted.contains(comparable(mention.address)))
      leading.push_back(&mention);
  // In the order asked for, the silent ones included.
  std::vector<NamedRecipient> found;
  for (const std::string& address : addresses) found.push_back({address, {}, {}});
  for (NamedRecipient& one : read(lines, all, leading)) {
    NamedRecipient& place = found[wanted.at(comparable(one.address))];
    place.words = std::move(one.words);
    place.asides = std::move(one.asides);
  }
  return found;
}

std::vector<std::string> paragraphs(std::span<const TextLine> lines) {
  std::vector<std::string> found(1);
  for (const TextLine& line : lines) {
    if (!is_blank_line(line.text))
      append(found.back(), line.text);
    else if (!found.back().empty())
      found.emplace_back();
  }
  if (found.back().empty()) found.pop_back();
  return found;
}

}  // namespace oin
