/// office.hpp: what the shell's parts share: settings, desk, letters, keys.
#pragma once

#include <memory>

#include "config/load.hpp"
#include "daemon/trust/sealer.hpp"
#include "daemon/trust/signed_address.hpp"
#include "daemon/workflow/desk.hpp"
#include "templates/render.hpp"

namespace oin {

struct Office {
  Settings settings;
  Desk desk;
  Letters letters;
  trust::Signer signer;
  trust::Sealer sealer;

  const MailboxSettings* mailbox(std::string_view name) const;
};

/// The office in force.  A reload puts another in its place, and whoever began a piece of work with one ends
/// it with that one.  Asked and replaced on the loop's thread alone: work for another thread takes its
/// pointer along.
class CurrentOffice {
 public:
  explicit CurrentOffice(Office office) { replace(std::move(office)); }
  std::shared_ptr<const Office> get() const { return office_; }
  void replace(Office office) { office_ = std::make_shared<const Office>(std::move(office)); }

 private:
  std::shared_ptr<const Office> office_;
};

/// Opens the templates and makes the desk; problems as in load.hpp.
Result<Office> open_office(Configuration configuration);

/// Everything `oind --check` checks beyond reading the files: every letter with sample data, every rule with
/// its examples.
Problems check_office(const Office& office);

}  // namespace oin
