/// read_answers.hpp: answers/*.md, articles that go along with the acknowledgement of a question.
///
/// A file is a title ("# …"), lines "For: INTENT, …" and "Words: PHRASE; …", an empty line, and paragraphs of
/// plain text.  Shipped in the program; a folder beside oind.toml adds its own, and replaces those of the
/// same name; a file without text takes the shipped one away.
#pragma once

#include <filesystem>

#include "config/load.hpp"

namespace oin {

std::vector<AnswerSettings> shipped_answers(Problems& problems);

/// The shipped ones, with those of the folder over them.
std::vector<AnswerSettings> read_answers(const std::filesystem::path& folder, Problems& problems);

/// One file; `name` is the article's.
AnswerSettings read_answer(std::string_view text, const std::string& name, const std::string& place,
                           Problems& problems);

}  // namespace oin
