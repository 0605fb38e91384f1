/// sample_mails.hpp: mails like those a desk gets, made up the same way in every run.
#pragma once

#include <cstddef>
#include <string>

namespace oin::bench {

/// A question of about 4 KiB in plain text, as a mail program writes it and two servers passed it on.
/// Sender (qNUMBER@bulk.test) and Message-ID are the number's own.
std::string question(int number, const std::string& run);

/// multipart/alternative with its HTML in quoted-printable, nested tables and inline styles, about 30 KiB.
std::string html_mail();

/// A form for SAML and SCIM in plain text; and the same with ten files: logo, screenshots, guides as HTML and
/// PDF, metadata and others, about 1.2 MB before encoding.
std::string submission(int number);
std::string submission_with_files(int number);

/// A short text and one base64 attachment of so many bytes before encoding.
std::string mail_with_attachment(std::size_t bytes);

}  // namespace oin::bench
