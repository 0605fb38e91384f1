/// measurements.hpp: what ./dev bench measures, a function each; every one adds its section to the report.
#pragma once

#include <filesystem>

#include "tests/bench/desk/report.hpp"
#include "tests/bench/desk/rig.hpp"

namespace oin::bench {

struct Plan {
  int mails = 10'000;  ///< of the intake's runs
  int rounds = 3;      ///< of plain fetch and intake, by turns
  int latency_mails = 40;
};

/// From the server's push to the answer's final dot, against a bare client; and memory of an idle desk.
void measure_latency(Rig& rig, const Plan& plan, Report& report);

/// Mails a second against a plain fetch of the same mails, letters a second, and memory at its peak.
void measure_intake(Rig& rig, const Plan& plan, Report& report);

/// The parsers alone, and one mail's way through the desk without any network, step by step.
void measure_reading(const Rig& rig, Report& report);

/// Submissions from their bytes to the decision with all checks, and one with ten files.
void measure_submissions(const Rig& rig, Report& report);

}  // namespace oin::bench
