#include "parsers/agreement.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "parsers/fold.hpp"

namespace oin {
namespace {

constexpr auto private_words =
    std::to_array<std::string_view>({"private", "privat", "privately", "private-integration", "privee",
                                     "prive", "privada", "privado", "privata", "privato"});
constexpr auto yes_words = std::to_array<std::string_view>(
    {"yes",       "ok",       "okay",        "agree",   "agreed",    "accept",        "accepted",  "fine",
     "please",    "good",     "happy",       "sure",    "want",      "like",          "prefer",    "choose",
     "take",      "works",    "go",          "let",     "ja",        "einverstanden", "gerne",     "bitte",
     "passt",     "nehmen",   "machen",      "wollen",  "mochten",   "oui",           "daccord",   "accord",
     "acceptons", "voulons",  "volontiers",  "si",      "vale",      "acuerdo",       "aceptamos", "queremos",
     "sim",       "concordo", "concordamos", "accetto", "accettiamo"});
constexpr auto no_words = std::to_array<std::string_view>(
    {"no",  "not",   "don",     "dont",    "doesnt",  "cant",  "wont",   "doesn", "cannot", "can t",
     "won", "never", "without", "nicht",   "kein",    "keine", "keinen", "nein",  "non",    "pas",
     "nao", "sin",   "rather",  "instead", "however", "but",   "aber",   "mais",  "pero"});
constexpr auto asking = std::to_array<std::string_view>(
    {"what", "how", "why", "whether", "if", "which", "was", "wie", "warum", "ob", "falls", "wenn", "comment",
     "pourquoi", "quoi", "que", "como", "cosa"});
/// Said around a yes without changing it.
constexpr auto fillers = std::to_array<std::string_view>(
    {"we",    "i",      "to",      "do",    "that",    "this",  "it",    "with", "then",  "so",
     "the",   "is",     "s",       "us",    "by",      "all",   "means", "for",  "d",     "de",
     "of",    "course", "thanks",  "thank", "you",     "dann",  "wir",   "sind", "das",   "so",
     "merci", "danke",  "gracias", "in",    "ordnung", "offer", "your",  "hi",   "hello", "hallo"});

/// What alone is a yes to "is it so?"; "we want" and "fine" are not.
constexpr auto affirmations = std::to_array<std::string_view>(
    {"yes",        "ok",          "okay",          "agree",       "agreed",     "confirm",   "confirmed",
     "confirming", "correct",     "exactly",       "ja",          "bestatigt",  "bestatige", "bestatigen",
     "richtig",    "korrekt",     "einverstanden", "oui",         "daccord",    "accord",    "confirme",
     "confirmons", "si",          "confirmo",      "confirmamos", "confirmado", "correcto",  "sim",
     "confermo",   "confermiamo", "corretto",      "bevestig",    "bevestigd",  "juist"});
/// What is confirmed, said once more beside the yes.
constexpr auto confirmed_things = std::to_array<std::string_view>(
    {"withdraw", "withdrawal", "remove", "removal", "submission", "app", "our", "my", "please", "hiermit",
     "ich", "bitte", "je", "nous", "le", "la", "retrait", "retirada"});

template <std::size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

std::vector<std::string_view> words_of(std::string_view folded) {
  std::vector<std::string_view> out;
  while (!folded.empty()) {
    const auto end = std::min(folded.find(' '), folded.size());
    if (end > 0) out.push_back(folded.substr(0, end));
    folded.remove_prefix(std::min(end + 1, folded.size()));
  }
  return out;
}

template <std::size_t N>
bool any(const std::vector<std::string_view>& words, const std::array<std::string_view, N>& table) {
  return std::ranges::any_of(words, [&](std::string_view word) { return among(table, word); });
}

/// "No problem" is no "no".
std::string without_kind_noes(std::string plain) {
  for (const std::string_view phrase :
       {"no problem", "no objections", "no objection", "kein problem", "pas de probleme"})
    if (const auto at = plain.find(phrase); at != plain.npos) plain.replace(at, phrase.size(), "ok");
  return plain;
}

/// Calls `see` with each sentence, folded, and whether it asks, until it says yes.
template <class See>
bool any_sentence(std::string_view text, See see) {
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(".!?;\n"), text.size());
    const std::string plain = without_kind_noes(folded(text.substr(0, end)));
    const bool asks = end < text.size() && text[end] == '?';
    if (!plain.empty() && see(plain, asks)) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

/// One of the words at least says it, and each other one is among `beside` or the fillers.
template <std::size_t Says, std::size_t Beside>
bool is_nothing_but(const std::string& folded_text, const std::array<std::string_view, Says>& says,
                    const std::array<std::string_view, Beside>& beside) {
  const auto words = words_of(folded_text);
  return any(words, says) && std::ranges::all_of(words, [&](std::string_view word) {
           return among(says, word) || among(beside, word) || among(fillers, word);
         });
}

}  // namespace

bool agrees_to_private(std::string_view text) {
  constexpr std::size_t bare = 3;  ///< "private", "private integration", "1: private"
  return any_sentence(text, [](const std::string& plain, bool asks) {
    const auto words = words_of(plain);
    return !asks && any(words, private_words) && !any(words, no_words) && !any(words, asking) &&
           (words.size() <= bare || any(words, yes_words));
  });
}

bool is_yes(std::string_view text) {
  constexpr std::array<std::string_view, 0> nothing_else{};
  return text.find('?') == text.npos &&
         is_nothing_but(without_kind_noes(folded(text)), yes_words, nothing_else);
}

bool confirms(std::string_view text) {
  return text.find('?') == text.npos && is_nothing_but(folded(text), affirmations, confirmed_things);
}

}  // namespace oin
