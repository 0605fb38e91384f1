#include "parsers/secrets.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "parsers/ascii.hpp"

namespace oin {
namespace {

using namespace std::string_view_literals;

constexpr std::array announcing{"password"sv, "passwort"sv,   "passcode"sv,     "passphrase"sv,
                                "pwd"sv,      "contraseña"sv, "mot de passe"sv, "senha"sv,
                                "token"sv,    "secret"sv,     "api key"sv,      "api-key"sv,
                                "apikey"sv,   "bearer"sv,     "credential"sv,   "client_secret"sv};

/// What may stand between the word and its value.
constexpr std::array between{"is"sv,  "ist"sv, "est"sv,  "es"sv, "now"sv,
                             "new"sv, "to"sv,  "will"sv, "be"sv, "for"sv};

/// What is no secret where a value is looked for.
constexpr std::array no_values{
    "sent"sv,  "attached"sv,  "separately"sv, "below"sv, "above"sv,    "n/a"sv,  "yes"sv,  "true"sv,
    "false"sv, "supported"sv, "enabled"sv,    "tbd"sv,   "required"sv, "see"sv,  "same"sv, "the"sv,
    "a"sv,     "an"sv,        "your"sv,       "our"sv,   "not"sv,      "no"sv,   "none"sv, "(sealed)"sv,
    "auth"sv,  "based"sv,     "endpoint"sv,   "url"sv,   "via"sv,      "by"sv,   "in"sv,   "with"sv,
    "and"sv,   "or"sv,        "on"sv,         "if"sv,    "which"sv,    "that"sv, "at"sv};

bool is_word(char c) {
  return is_alpha(c) || is_digit(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

/// Where the word of one of them ends, if it stands at `at`: "passwords:" as well.
std::optional<std::size_t> announced_at(std::string_view text, std::size_t at) {
  if (at > 0 && is_word(text[at - 1])) return std::nullopt;
  for (const std::string_view word : announcing) {
    if (lower(text[at]) != word.front() || !same_word(text.substr(at, word.size()), word)) continue;
    std::size_t end = at + word.size();
    if (end < text.size() && lower(text[end]) == 's') ++end;
    if (end < text.size() && is_word(text[end])) continue;
    return end;
  }
  return std::nullopt;
}

std::string_view token_at(std::string_view text, std::size_t at) {
  const auto end = std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_space);
  std::string_view token = text.substr(at, static_cast<std::size_t>(end - text.begin()) - at);
  while (!token.empty() && ".,;)\"'"sv.find(token.back()) != ""sv.npos) token.remove_suffix(1);
  return token;
}

bool looks_made_up(std::string_view token) {
  return std::ranges::any_of(token, is_digit) ||
         std::ranges::any_of(token, [](char c) { return "!@#$%^&*_+=?~"sv.find(c) != ""sv.npos; });
}

struct Span {
  std::size_t begin, size;
};

/// The value that is announced by a word which ends at `at`.
std::optional<Span> value_behind(std::string_view text, std::size_t at) {
  bool separated = false;
  for (;;) {
    while (at < text.size() && (is_blank(text[at]) || ":=-\"'*"sv.find(text[at]) != ""sv.npos)) {
      separated = separated || text[at] == ':' || text[at] == '=';
      ++at;
    }
    if (at >= text.size() || is_space(text[at])) return std::nullopt;
    const std::string_view token = token_at(text, at);
    if (std::ranges::none_of(token, is_word)) return std::nullopt;
    const auto is_token = [&](std::string_view word) { return same_word(word, token); };
    if (std::ranges::any_of(no_values, is_token)) return std::nullopt;
    if (std::ranges::any_of(between, is_token)) {
      separated = separated || lower(token.front()) == 'i' || lower(token.front()) == 'e';
      at += token.size();
      continue;
    }
    // "password reset" is no secret; "password: reset" and "password hunter2" are.
    if (!separated && !looks_made_up(token)) return std::nullopt;
    return Span{at, token.size()};
  }
}

std::optional<Span> armoured_key_at(std::string_view text, std::size_t at) {
  constexpr std::string_view begin = "-----BEGIN ";
  if (!text.substr(at).starts_with(begin)) return std::nullopt;
  const std::string_view line = text.substr(at, text.substr(at).find('\n'));
  if (line.find("PRIVATE KEY") == line.npos) return std::nullopt;
  const auto end = text.find("-----END ", at);
  if (end == text.npos) return Span{at, text.size() - at};
  const auto line_end = std::min(text.find('\n', end), text.size());
  return Span{at, line_end - at};
}

std::optional<Span> secret_at(std::string_view text, std::size_t at) {
  if (text[at] == '-') return armoured_key_at(text, at);
  const auto end = announced_at(text, at);
  return end ? value_behind(text, *end) : std::nullopt;
}

/// The letters with which announcing words and armour begin.
bool may_begin(char c) { return "-pcmstba"sv.find(lower(c)) != ""sv.npos; }

std::optional<Span> next_secret(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at < text.size(); ++at)
    if ((at == 0 || !is_word(text[at - 1])) && may_begin(text[at]))
      if (const auto found = secret_at(text, at)) return found;
  return std::nullopt;
}

}  // namespace

std::string masked(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  while (const auto secret = next_secret(text, at)) {
    out.append(text.substr(at, secret->begin - at)).append(sealed_mark);
    at = secret->begin + secret->size;
  }
  return out.append(text.substr(at));
}

bool holds_secret(std::string_view text) { return next_secret(text, 0).has_value(); }

bool names_secret(std::string_view label) {
  for (std::size_t at = 0; at < label.size(); ++at)
    if (announced_at(label, at)) return true;
  return false;
}

}  // namespace oin
