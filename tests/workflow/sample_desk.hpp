/// sample_desk.hpp: the shipped desk with one reviewer, for tests of the pure core.
#pragma once

#include "config/load.hpp"
#include "daemon/workflow/desk.hpp"

namespace oin {

inline const Desk& sample_desk() {
  static const Desk desk = [] {
    Configuration configuration = shipped_configuration();
    configuration.settings.people = {{"Grace", "grace@example.com", "", {"reviewer"}}};
    return open_desk(configuration.settings, configuration.workflow);
  }();
  return desk;
}

}  // namespace oin
