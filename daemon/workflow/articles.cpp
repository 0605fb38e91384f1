#include "daemon/workflow/articles.hpp"

#include <algorithm>

#include "parsers/charset.hpp"
#include "parsers/fold.hpp"

namespace oin {
namespace {

constexpr std::size_t telling_bytes = 20'000;  ///< of a question's text

}  // namespace

std::vector<const AnswerSettings*> fitting_articles(const Desk& desk, const Mail& mail,
                                                    std::string_view intent) {
  const auto most = static_cast<std::size_t>(desk.workflow.answers_per_question);
  if (most == 0) return {};
  const std::string said =
      " " + folded(mail.subject + "\n" + std::string(utf8_prefix(mail.reply_text, telling_bytes))) + " ";
  std::vector<std::pair<std::ptrdiff_t, const AnswerSettings*>> fitting;
  for (const AnswerSettings& article : desk.workflow.answers) {
    if (!article.intents.empty() && std::ranges::find(article.intents, intent) == article.intents.end())
      continue;
    const auto hits = std::ranges::count_if(article.words, [&](const std::string& phrase) {
      return said.find(" " + folded(phrase) + " ") != std::string::npos;
    });
    if (hits > 0) fitting.emplace_back(hits, &article);
  }
  std::ranges::stable_sort(fitting, std::ranges::greater{}, [](const auto& each) { return each.first; });
  std::vector<const AnswerSettings*> out;
  for (const auto& [hits, article] : fitting)
    if (out.size() < most) out.push_back(article);
  return out;
}

}  // namespace oin
