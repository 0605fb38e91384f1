/// articles.hpp: which articles of answers/*.md fit a question.
///
/// They go along with the acknowledgement, marked as such, and neither answer the question nor stop its
/// clock.
#pragma once

#include <vector>

#include "daemon/workflow/decide.hpp"

namespace oin {

/// Those whose words stand in the mail, the ones with the most of them first; [answers] per_question at most.
std::vector<const AnswerSettings*> fitting_articles(const Desk& desk, const Mail& mail,
                                                    std::string_view intent);

}  // namespace oin
