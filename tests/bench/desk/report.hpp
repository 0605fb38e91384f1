/// report.hpp: what the bench prints: one table, and beside each number the goal it is held against.
///
/// A goal that is not met is said and nothing more: numbers depend on the machine and on what else runs
/// there.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace oin::bench {

class Report {
 public:
  void section(std::string title);
  void line(std::string what, std::string measured);
  void line(std::string what, std::string measured, std::string goal, bool met);
  /// A sentence below the section: what a reader must know to judge its numbers.
  void note(std::string text);
  void print() const;

 private:
  struct Line {
    std::string what, measured, goal;
    std::optional<bool> met;
  };
  struct Section {
    std::string title;
    std::vector<Line> lines;
    std::vector<std::string> notes;
  };
  std::vector<Section> sections_;
};

/// The smallest value that at least `share` of all do not exceed; `values` is not empty.
double quantile(std::vector<double> values, double share);
double median(const std::vector<double>& values);
/// "min 1.2  median 1.3  max 1.5" with so many decimals.
std::string spread(const std::vector<double>& values, int decimals);
/// "median 8.2 ms  p99 11.0 ms"
std::string median_and_p99(const std::vector<double>& milliseconds);

}  // namespace oin::bench
