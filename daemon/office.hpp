/// office.hpp: what the shell's parts share and never change while the daemon runs.
#pragma once

#include <memory>

#include "config/load.hpp"
#include "daemon/trust/signed_address.hpp"
#include "daemon/workflow/desk.hpp"
#include "templates/render.hpp"

namespace oin {

struct Office {
  Settings settings;
  Desk desk;
  Letters letters;
  trust::Signer signer;

  const MailboxSettings* mailbox(std::string_view name) const;
};

/// Opens the templates and makes the desk; problems as in load.hpp.
Result<Office> open_office(Configuration configuration);

/// Everything `oind --check` checks beyond reading the files: every letter with sample data.
Problems check_office(const Office& office);

}  // namespace oin
