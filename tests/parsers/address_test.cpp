#include "parsers/address.hpp"

#include <gtest/gtest.h>

#include <string>

#include "parsers/domain_name.hpp"

namespace oin {
namespace {

/// "name <address>; name <address>", so that a row of the table is one line.
std::string shown(const std::vector<Address>& list) {
  std::string out;
  for (const Address& address : list)
    out += (out.empty() ? "" : "; ") + address.display_name + "<" + address.addr_spec + ">";
  return out;
}

struct AddressCase {
  std::string name, field, list;
};

class AddressList : public testing::TestWithParam<AddressCase> {};
TEST_P(AddressList, HoldsTheAddresses) { EXPECT_EQ(shown(address_list(GetParam().field)), GetParam().list); }
INSTANTIATE_TEST_SUITE_P(
    Rfc5322, AddressList,
    testing::Values(
        AddressCase{"Bare", "ada@x.com", "<ada@x.com>"},
        AddressCase{"Named", "Ada Lovelace <ada@x.com>", "Ada Lovelace<ada@x.com>"},
        AddressCase{"RootsDot", "Ada <ada@x.com.>, b@y.example., c@z..",
                    "Ada<ada@x.com>; <b@y.example>; <c@z>"},
        AddressCase{"NothingButADot", "ada@.", "<ada@.>"},
        AddressCase{"Quoted", "\"Lovelace, Ada\" <ada@x.com>", "Lovelace, Ada<ada@x.com>"},
        AddressCase{"EscapedQuote", "\"A \\\"B\\\" C\" <a@x>", "A \"B\" C<a@x>"},
        AddressCase{"Two", "a@x, B <b@y>", "<a@x>; B<b@y>"},
        AddressCase{"Semicolons", "a@x;b@y; c@z", "<a@x>; <b@y>; <c@z>"},
        AddressCase{"EmptyMembers", "a@x,,\r\n ,b@y,", "<a@x>; <b@y>"},
        AddressCase{"Comment", "a@x.com (Alice)", "Alice<a@x.com>"},
        AddressCase{"NestedComment", "a@x (A (B, C) D), b@y", "A (B, C) D<a@x>; <b@y>"},
        AddressCase{"Group", "Team: a@x, B <b@y>;, c@z", "<a@x>; B<b@y>; <c@z>"},
        AddressCase{"EmptyGroup", "undisclosed-recipients:;", ""},
        AddressCase{"OpenGroup", "Team: a@x, b@x.com", "<a@x>; <b@x.com>"},
        AddressCase{"Route", "<@r1,@r2:z@x>", "<z@x>"},
        AddressCase{"StrayWordInBrackets", "\"p@\" <x.org p@x.org>", "p@<p@x.org>"},
        AddressCase{"GroupInBrackets", "<Undisclosed-Recipient:@mail.x;>, a@x", "<a@x>"},
        AddressCase{"BlanksInBrackets", "<ada @ x . com>", "<ada@x.com>"},
        AddressCase{"DomainLiteral", "a@[IPv6:2001:db8::1], b@y", "<a@[IPv6:2001:db8::1]>; <b@y>"},
        AddressCase{"QuotedLocalPart", "\"a b\"@x", "<\"a b\"@x>"},
        AddressCase{"NeedlessQuotes", "\"ab\"@x", "<ab@x>"},
        AddressCase{"BlanksInside", "ada . l @ x . com", "<ada.l@x.com>"},
        AddressCase{"EncodedName", "=?UTF-8?Q?M=C3=BCller?= <m@x>", "Müller<m@x>"},
        AddressCase{"CommaInEncodedWord", "=?UTF-8?Q?M=C3=BCller,_J?= <a@x>, b@y", "Müller, J<a@x>; <b@y>"},
        AddressCase{"LocalPartLikeAnEncodedWord", "x=?$?b?@y.z, =?utf-8?q?=C3=A9?= <a@x>",
                    "<x=?$?b?@y.z>; é<a@x>"},
        AddressCase{"EncodedWordInQuotes", "\"=?utf-8?q?J=C3=B6?=\" <j@x>", "Jö<j@x>"},
        AddressCase{"AddressAsName", "\"trusted@x\" <evil@y>", "trusted@x<evil@y>"},
        AddressCase{"UnquotedAddressAsName", "trusted@x <evil@y>", "trusted@x<evil@y>"},
        AddressCase{"UnquotedComma", "Doe, John <john@x>", "Doe, John<john@x>"},
        AddressCase{"NoDomain", "root", "<root>"},
        AddressCase{"NoDomains", "root, daemon", "<root>; <daemon>"},
        AddressCase{"NoBrackets", "Ada ada@x", "Ada<ada@x>"},
        AddressCase{"NoClosingBracket", "Ada <ada@x, b@y", "Ada<ada@x>; <b@y>"},
        AddressCase{"DoubleBrackets", "<<ada@x>>", "<ada@x>"}, AddressCase{"NullAddress", "<>", ""},
        AddressCase{"OpenQuote", "\"Ada <ada@x>, b@y", "\"Ada<ada@x>; <b@y>"},
        AddressCase{"OpenComment", "(Ada <ada@x>, b@y", "(Ada<ada@x>; <b@y>"},
        AddressCase{"Initials", "John Q. Public <j@x>", "John Q. Public<j@x>"},
        AddressCase{"Utf8", "пётр@пример.рф", "<пётр@пример.рф>"},
        AddressCase{"Mailto", "<mailto:a@x>", "<a@x>"}, AddressCase{"Words", "nobody knows this", ""}),
    [](const auto& test) { return test.param.name; });

TEST(Address, IsCutAtTheLastAt) {
  const Address address{"", "\"a@b\"@x.com"};
  EXPECT_EQ(address.local_part(), "\"a@b\"");
  EXPECT_EQ(address.domain(), "x.com");
  EXPECT_EQ((Address{"", "root"}).domain(), "");
}

TEST(ComparableAddress, IgnoresCaseAndWritesTheDomainInAscii) {
  EXPECT_EQ(comparable("Ada@Vendor.Example."), "ada@vendor.example");
  EXPECT_EQ(comparable("ada@BÜCHER.example"), "ada@xn--bcher-kva.example");
  EXPECT_EQ(comparable("ПЁТР@пример.рф"), "пётр@xn--e1afmkfd.xn--p1ai");
  EXPECT_NE(comparable("a@good.com"), comparable("a@evil.net"));
  EXPECT_EQ(comparable("Root"), "root");
}

TEST(ShownAddress, HasItsDomainInLetters) {
  EXPECT_EQ(shown_address("Ada@xn--bcher-kva.Example"), "Ada@bücher.example");
  EXPECT_EQ(shown_address("ada@XN--E1AFMKFD.xn--p1ai"), "ada@пример.рф");
  EXPECT_EQ(shown_address("Ada@Vendor.Example"), "Ada@Vendor.Example");
  EXPECT_EQ(shown_address("root"), "root");
  EXPECT_EQ(shown_address("ada@xn--a.example"), "ada@xn--a.example");  // no valid label
  EXPECT_EQ(shown_address("ada@xn--pple-43d.example"),
            "ada@xn--pple-43d.example");  // its first letter is Cyrillic
}

TEST(AddressListLimit, IsKept) {
  std::string field;
  for (int i = 0; i < 100; ++i) field += "a@x,";
  EXPECT_EQ(address_list(field, 10).size(), 10u);
}

TEST(HostileAddressLists, TakeLinearTime) {
  for (const std::string piece : {"<", "(", "\"", "[", "=?a?q?", "a<b,", "@,:", "\\", "(()", "<a", ">,<"}) {
    std::string field;
    while (field.size() < 256'000) field += piece;
    EXPECT_LE(address_list(field).size(), 10'000u) << piece;
  }
}

}  // namespace
}  // namespace oin
