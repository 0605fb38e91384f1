/// answers_json.hpp: `oinctl report answers`: how well the articles that go along with acknowledgements help.
#pragma once

#include "daemon/mail_json.hpp"
#include "daemon/office.hpp"
#include "daemon/store/store.hpp"

namespace oin {

/// One object an article, as `answers/*.md` has them: to how many tickets it went along, of how many the
/// asker wrote again, and of how many that are closed they did not.
Result<Json> answers_query(store::Transaction& tx, const Office& office);

}  // namespace oin
