/// hostile_mail_test.cpp: no mail costs more than 5 seconds of CPU and 1 GiB, whatever it holds, and each
/// tells which limit it met.  The costs themselves are printed by bench_parse.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <ostream>

#include "parsers/mail.hpp"
#include "tests/support/hostile_mails.hpp"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define OIN_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define OIN_SANITIZED 1
#endif
#endif

namespace oin::test {

void PrintTo(const HostileMail& mail, std::ostream* out) { *out << mail.name; }

namespace {

void limit(int resource, rlim_t most) {
  const rlimit value{most, most};
  ::setrlimit(static_cast<__rlimit_resource>(resource), &value);
}

/// In a process of its own, which the limits may kill.
[[noreturn]] void read_within_limits(const HostileMail& hostile) {
#ifdef OIN_SANITIZED
  limit(RLIMIT_CPU, 60);  // many times slower, and its shadow memory is no measure
#else
  limit(RLIMIT_CPU, 5);
  limit(RLIMIT_AS, rlim_t{1} << 30);
#endif
  const Mail mail = parse_mail(hostile.make());
  const bool told = hostile.defect.empty() ||
                    std::ranges::find(mail.defects, hostile.defect, &Defect::code) != mail.defects.end();
  ::_exit(told ? 0 : 2);
}

class Hostile : public testing::TestWithParam<HostileMail> {};
TEST_P(Hostile, CostsLittleAndNamesItsLimit) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) read_within_limits(GetParam());
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_FALSE(WIFSIGNALED(status)) << "killed by signal " << WTERMSIG(status);
  EXPECT_NE(WEXITSTATUS(status), 2) << "no defect says " << GetParam().defect;
  EXPECT_EQ(status, 0);
}
INSTANTIATE_TEST_SUITE_P(Mails, Hostile, testing::ValuesIn(hostile_mails()), [](const auto& test) {
  std::string name(test.param.name);
  std::ranges::replace_if(
      name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
});

}  // namespace
}  // namespace oin::test
