/// mail_system.hpp: the signs that a mail system, not a person or a program of theirs, sent a mail.
///
/// Each alone proves no delivery report: automatic replies have a null reverse-path too (RFC 3834 3.3), and a
/// postmaster may be a person.
#pragma once

#include <string_view>

namespace oin {

struct Mail;

/// "Return-Path: <>" (RFC 5321 4.5.5), or what gateways write for it.
bool has_null_reverse_path(const Mail& mail);

/// From MAILER-DAEMON, postmaster, "Mail Delivery Subsystem" and the like.
bool is_from_mail_system(const Mail& mail);

}  // namespace oin
