#include "daemon/answers_json.hpp"

#include <algorithm>

namespace oin {

Result<Json> answers_query(store::Transaction& tx, const Office& office) {
  OIN_TRY(const auto tickets, tx.tickets({}));
  Json out = Json::array();
  for (const AnswerSettings& article : office.desk.workflow.answers) {
    int sent = 0, came_back = 0, helped = 0;
    for (const Ticket& ticket : tickets) {
      if (std::ranges::find(ticket.articles, article.name) == ticket.articles.end()) continue;
      ++sent;
      if (ticket.came_back)
        ++came_back;
      else if (ticket.state == TicketState::closed)
        ++helped;
    }
    out.push_back({{"name", article.name},
                   {"title", article.title},
                   {"sent", sent},
                   {"came_back", came_back},
                   {"closed_without", helped}});
  }
  return out;
}

}  // namespace oin
