#include "daemon/net/public_address.hpp"

#include <gtest/gtest.h>

#include <string>

namespace oin::net {
namespace {

using boost::asio::ip::make_address;

struct AddressCase {
  std::string address;
  bool is_public;
};
class Address : public testing::TestWithParam<AddressCase> {};

TEST_P(Address, IsContactedOnlyWhereItIsOfThePublicInternet) {
  EXPECT_EQ(is_public(make_address(GetParam().address)), GetParam().is_public) << GetParam().address;
}

INSTANTIATE_TEST_SUITE_P(
    V4, Address,
    testing::Values(AddressCase{"8.8.8.8", true}, AddressCase{"1.1.1.1", true},
                    AddressCase{"126.255.255.255", true}, AddressCase{"128.0.0.1", true},
                    AddressCase{"0.0.0.0", false}, AddressCase{"0.1.2.3", false},
                    AddressCase{"10.0.0.1", false}, AddressCase{"10.255.255.255", false},
                    AddressCase{"11.0.0.0", true}, AddressCase{"100.63.255.255", true},
                    AddressCase{"100.64.0.0", false}, AddressCase{"100.127.255.255", false},
                    AddressCase{"100.128.0.0", true}, AddressCase{"127.0.0.1", false},
                    AddressCase{"127.9.9.9", false}, AddressCase{"169.254.169.254", false},
                    AddressCase{"169.253.0.1", true}, AddressCase{"172.15.255.255", true},
                    AddressCase{"172.16.0.1", false}, AddressCase{"172.31.255.255", false},
                    AddressCase{"172.32.0.0", true}, AddressCase{"192.0.0.170", false},
                    AddressCase{"192.0.2.1", false}, AddressCase{"192.168.255.1", false},
                    AddressCase{"192.169.0.1", true}, AddressCase{"198.17.255.255", true},
                    AddressCase{"198.18.0.1", false}, AddressCase{"198.19.255.255", false},
                    AddressCase{"198.20.0.0", true}, AddressCase{"203.0.113.9", false},
                    AddressCase{"223.255.255.255", true}, AddressCase{"224.0.0.1", false},
                    AddressCase{"239.255.255.250", false}, AddressCase{"240.0.0.1", false},
                    AddressCase{"255.255.255.255", false}));

INSTANTIATE_TEST_SUITE_P(
    V6, Address,
    testing::Values(AddressCase{"2606:4700::1111", true}, AddressCase{"2a00:1450:4001:82b::200e", true},
                    AddressCase{"::", false}, AddressCase{"::1", false}, AddressCase{"::127.0.0.1", false},
                    AddressCase{"::ffff:127.0.0.1", false}, AddressCase{"::ffff:10.0.0.1", false},
                    AddressCase{"::ffff:169.254.169.254", false}, AddressCase{"::ffff:8.8.8.8", true},
                    AddressCase{"64:ff9b::8.8.8.8", true}, AddressCase{"64:ff9b::10.0.0.1", false},
                    AddressCase{"64:ff9b:1::8.8.8.8", false}, AddressCase{"100::1", false},
                    AddressCase{"2001::1", false}, AddressCase{"2001:20::1", false},
                    AddressCase{"2001:db8::1", false}, AddressCase{"2002:0a00:0001::1", false},
                    AddressCase{"3fff::1", false}, AddressCase{"fc00::1", false},
                    AddressCase{"fd12:3456::1", false}, AddressCase{"fe80::1", false},
                    AddressCase{"fec0::1", false}, AddressCase{"ff02::1", false}));

TEST(AddressRange, IsReadWithAndWithoutItsPrefix) {
  ASSERT_TRUE(address_range("10.1.0.0/16"));
  EXPECT_EQ(address_range("10.1.0.0/16")->prefix, 16);
  EXPECT_EQ(address_range("192.0.2.7")->prefix, 32);
  EXPECT_EQ(address_range("fd00::/8")->prefix, 8);
  for (const char* wrong :
       {"", "localhost", "10.0.0.0/", "10.0.0.0/33", "fd00::/129", "10.0.0.0/-1", "10.0.0.0/8x"})
    EXPECT_FALSE(address_range(wrong)) << wrong;
}

TEST(AddressRange, LetsThroughWhatAnOperatorNames) {
  const AddressRange ranges[] = {*address_range("127.0.0.1/32"), *address_range("10.4.0.0/14"),
                                 *address_range("fd00::/8")};
  for (const char* good : {"127.0.0.1", "::ffff:127.0.0.1", "10.7.255.255", "fd99::1", "8.8.8.8"})
    EXPECT_TRUE(may_be_contacted(make_address(good), ranges)) << good;
  for (const char* bad : {"127.0.0.2", "10.8.0.0", "fc00::1", "::1", "169.254.169.254"})
    EXPECT_FALSE(may_be_contacted(make_address(bad), ranges)) << bad;
}

}  // namespace
}  // namespace oin::net
