/// finding.hpp: a requirement that a submission does not meet, in the words a vendor reads.
#pragma once

#include <string>

namespace oin {

struct Finding {
  std::string code;             ///< "saml.acs-url.not-https"
  std::string phase, severity;  ///< in which phase it is raised; blocker, must, advice
  std::string field;            ///< the field it is about; empty for the submission as a whole
  std::string text, need, why;  ///< what was found, what is needed, why it matters
  std::string source;           ///< where the requirement stands
  bool operator==(const Finding&) const = default;

  bool blocks() const { return severity == "blocker"; }
};

}  // namespace oin
