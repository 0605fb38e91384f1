/// sourcing_request.hpp: what a mail says of a wish to have Profile Sourcing switched on: for which app, in
/// which org, for how long.
///
/// Read are the form's lines, what the sender newly wrote, and the subject of a mail that begins a thread.
/// The form's lines win.  Rather nothing than a wrong name: what is not found is asked for.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "parsers/mail.hpp"
#include "parsers/submission.hpp"

namespace oin {

struct SourcingRequest {
  std::string app_name;
  std::string org;                                   ///< "dev-123456.okta.com"
  std::string org_id;                                ///< "00o" and 17 letters or digits
  std::string unfit_org_id;                          ///< what was given for one and is none: "00o1a2b3"
  std::optional<int> days;                           ///< "for a month", "two more weeks"
  std::optional<std::chrono::year_month_day> until;  ///< "until 31 December"

  bool wishes_time() const { return days || until; }
};

/// `written_on` is the local day on which the mail was written.
SourcingRequest sourcing_request(const Mail& mail, const Submission& form,
                                 std::chrono::year_month_day written_on);

}  // namespace oin
