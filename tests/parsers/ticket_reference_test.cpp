#include "parsers/ticket_reference.hpp"

#include <gtest/gtest.h>

namespace oin {
namespace {

struct ReferenceCase {
  const char* name;
  const char* subject;
  std::int64_t ticket;  ///< 0: none
};

class TicketReference : public testing::TestWithParam<ReferenceCase> {};

TEST_P(TicketReference, IsTheFirstNumberInOurBrackets) {
  EXPECT_EQ(ticket_reference(GetParam().subject).value_or(0), GetParam().ticket);
}

INSTANTIATE_TEST_SUITE_P(Subjects, TicketReference,
                         testing::Values(ReferenceCase{"Reply", "Re: [OIN-123] Acme Notes", 123},
                                         ReferenceCase{"LowerCase", "AW: [oin-7] x", 7},
                                         ReferenceCase{"TheFirstOfTwo", "[OIN-5] was [OIN-6]", 5},
                                         ReferenceCase{"BehindAnotherBracket", "[External] [OIN-9] x", 9},
                                         ReferenceCase{"BareNumber", "Re: #123", 0},
                                         ReferenceCase{"WithoutBrackets", "about OIN-123", 0},
                                         ReferenceCase{"Zero", "[OIN-0]", 0},
                                         ReferenceCase{"Negative", "[OIN--4]", 0},
                                         ReferenceCase{"TooLarge", "[OIN-99999999999999999999]", 0},
                                         ReferenceCase{"Unclosed", "[OIN-12", 0},
                                         ReferenceCase{"NotOnlyDigits", "[OIN-12a]", 0},
                                         ReferenceCase{"Empty", "", 0}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace oin
