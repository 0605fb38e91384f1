#include "daemon/store/letter_words.hpp"

#include <cassert>

namespace oin::store {
namespace {

constexpr std::pair<LetterState, std::string_view> letter_states[] = {
    {LetterState::queued, "queued"},       {LetterState::sending, "sending"}, {LetterState::sent, "sent"},
    {LetterState::uncertain, "uncertain"}, {LetterState::failed, "failed"},   {LetterState::dead, "dead"},
    {LetterState::withdrawn, "withdrawn"}};

constexpr std::pair<RecipientState, std::string_view> recipient_states[] = {
    {RecipientState::queued, "queued"},
    {RecipientState::accepted, "accepted"},
    {RecipientState::refused, "refused"},
    {RecipientState::returned, "returned"}};

}  // namespace

std::string_view name(LetterState state) {
  for (const auto& [known, word] : letter_states)
    if (known == state) return word;
  assert(false);
  return "withdrawn";
}

std::string_view name(RecipientState state) {
  for (const auto& [known, word] : recipient_states)
    if (known == state) return word;
  assert(false);
  return "refused";
}

LetterState letter_state(std::string_view name) {
  for (const auto& [state, word] : letter_states)
    if (word == name) return state;
  return LetterState::withdrawn;
}

RecipientState recipient_state(std::string_view name) {
  for (const auto& [state, word] : recipient_states)
    if (word == name) return state;
  return RecipientState::refused;
}

}  // namespace oin::store
