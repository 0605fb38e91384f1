#include "tests/bench/desk/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace oin::bench {

void Report::section(std::string title) { sections_.push_back({std::move(title), {}, {}}); }

void Report::line(std::string what, std::string measured) {
  sections_.back().lines.push_back({std::move(what), std::move(measured), "", std::nullopt});
}

void Report::line(std::string what, std::string measured, std::string goal, bool met) {
  sections_.back().lines.push_back({std::move(what), std::move(measured), std::move(goal), met});
}

void Report::note(std::string text) { sections_.back().notes.push_back(std::move(text)); }

void Report::print() const {
  std::size_t what = 0, measured = 0;
  for (const Section& section : sections_)
    for (const Line& line : section.lines) {
      what = std::max(what, line.what.size());
      measured = std::max(measured, line.measured.size());
    }
  for (const Section& section : sections_) {
    fmt::print("\n{}\n", section.title);
    for (const Line& line : section.lines) {
      const std::string verdict =
          line.met ? fmt::format("goal {}: {}", line.goal, *line.met ? "met" : "NOT MET") : "";
      std::string text =
          fmt::format("  {:<{}}  {:<{}}  {}", line.what, what, line.measured, measured, verdict);
      text.erase(text.find_last_not_of(' ') + 1);
      fmt::print("{}\n", text);
    }
    for (const std::string& note : section.notes) fmt::print("  ({})\n", note);
  }
  std::fflush(stdout);
}

double quantile(std::vector<double> values, double share) {
  std::ranges::sort(values);
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
  return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

double median(const std::vector<double>& values) { return quantile(values, 0.5); }

std::string spread(const std::vector<double>& values, int decimals) {
  if (values.size() == 1) return fmt::format("{:.{}f}", values.front(), decimals);
  return fmt::format("min {:.{}f}  median {:.{}f}  max {:.{}f}", quantile(values, 0), decimals,
                     median(values), decimals, quantile(values, 1), decimals);
}

std::string median_and_p99(const std::vector<double>& milliseconds) {
  return fmt::format("median {:.1f} ms  p99 {:.1f} ms", median(milliseconds), quantile(milliseconds, 0.99));
}

}  // namespace oin::bench
