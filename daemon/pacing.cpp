#include "daemon/pacing.hpp"

#include <algorithm>

namespace oin {

double Pacing::Bucket::taken_at(Moment now, int rate) const {
  const double minutes = std::chrono::duration<double, std::ratio<60>>(now - at).count();
  return std::max(0.0, taken - std::max(0.0, minutes) * rate);
}

void Pacing::set_rates(int letters, int letters_per_domain) {
  rate_ = letters;
  domain_rate_ = letters_per_domain;
}

int Pacing::allowance(Moment now) const {
  return std::max(0, static_cast<int>(rate_ - all_.taken_at(now, rate_)));
}

std::map<std::string, int, std::less<>> Pacing::shares(Moment now) {
  std::erase_if(domains_, [&](const auto& one) { return one.second.taken_at(now, domain_rate_) <= 0; });
  std::map<std::string, int, std::less<>> out;
  for (const auto& [domain, bucket] : domains_)
    out[domain] = std::max(0, static_cast<int>(domain_rate_ - bucket.taken_at(now, domain_rate_)));
  return out;
}

void Pacing::take(std::string_view domain, Moment now) {
  const auto take_from = [&](Bucket& bucket, int rate) {
    bucket.taken = bucket.taken_at(now, rate) + 1;
    bucket.at = now;
  };
  take_from(all_, rate_);
  take_from(domains_[std::string(domain)], domain_rate_);
}

}  // namespace oin
