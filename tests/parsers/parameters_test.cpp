#include "parsers/parameters.hpp"

#include <gtest/gtest.h>

#include <string>

namespace oin {
namespace {

struct ParameterCase {
  std::string name, field, parameter, text;
};

class Parameters : public testing::TestWithParam<ParameterCase> {};
TEST_P(Parameters, AreRead) {
  const Parameterized read = parameterized(GetParam().field);
  EXPECT_EQ(read.parameter(GetParam().parameter).value_or("none"), GetParam().text);
}
INSTANTIATE_TEST_SUITE_P(
    Rfc2231, Parameters,
    testing::Values(
        ParameterCase{"Token", "text/plain; charset=utf-8", "charset", "utf-8"},
        ParameterCase{"UpperCaseName", "text/plain; CHARSET=utf-8", "charset", "utf-8"},
        ParameterCase{"Quoted", "multipart/mixed; boundary=\"b;b\"", "boundary", "b;b"},
        ParameterCase{"Comments", "multipart/mixed; (c) boundary (d) = (e) \"bb\" (f)", "boundary", "bb"},
        ParameterCase{"UnquotedComment", "text/plain; charset=us-ascii (Plain text)", "charset", "us-ascii"},
        ParameterCase{"NoSemicolon", "text/plain; format=flowed charset=utf-8", "charset", "utf-8"},
        ParameterCase{"UnquotedBlanks", "a/b; name=my file (1).pdf; x=y", "name", "my file (1).pdf"},
        ParameterCase{"Escapes", "a/b; name=\"a\\\"b\\\\c\"", "name", "a\"b\\c"},
        ParameterCase{"WindowsPath", "a/b; name=\"C:\\dir\\f.txt\"", "name", "C:\\dir\\f.txt"},
        ParameterCase{"Extended", "attachment; filename*=UTF-8''caf%C3%A9.txt", "filename", "café.txt"},
        ParameterCase{"ExtendedBeatsPlain", "attachment; filename=x; filename*=UTF-8'en'caf%C3%A9",
                      "filename", "café"},
        ParameterCase{"Continued", "a/b; name*1=\"c.txt\"; name*0=\"ab\"", "name", "abc.txt"},
        ParameterCase{"ContinuedExtended", "a/b; name*0*=iso-8859-1''caf%E9; name*1=\" x\"; name*2*=%E9",
                      "name", "café xé"},
        ParameterCase{"CharacterCutInTwo", "a/b; name*0*=utf-8''caf%C3; name*1*=%A9", "name", "café"},
        ParameterCase{"EncodedWord", "a/b; name=\"=?utf-8?Q?caf=C3=A9?=\"", "name", "café"},
        ParameterCase{"RawLatin1", "a/b; name=caf\xE9", "name", "café"},
        ParameterCase{"FirstCounts", "a/b; x=1; x=2", "x", "1"},
        ParameterCase{"Flag", "a/b; flag; x=2", "x", "2"},
        ParameterCase{"OpenQuote", "a/b; x=\"abc", "x", "abc"}, ParameterCase{"Absent", "a/b", "x", "none"}),
    [](const auto& test) { return test.param.name; });

TEST(ParameterizedValue, IsLowerCaseWithoutCommentsAndBlanks) {
  EXPECT_EQ(parameterized("Multipart / (x) Mixed ; a=b").value, "multipart/mixed");
  EXPECT_EQ(parameterized("").value, "");
}

TEST(SafeFilename, HasNoPathAndNothingInvisible) {
  EXPECT_EQ(safe_filename("../../etc/passwd"), "passwd");
  EXPECT_EQ(safe_filename("C:\\dir\\f.txt"), "f.txt");
  EXPECT_EQ(safe_filename("photo\xE2\x80\xAEgpj.exe"), "photogpj.exe");
  EXPECT_EQ(safe_filename("a\r\nb\x7F.txt"), "ab.txt");
  EXPECT_EQ(safe_filename(std::string(300, 'a')).size(), 255u);
}

}  // namespace
}  // namespace oin
