/// signed_address.hpp: addresses and Message-IDs that only this desk can have made.
///
/// A token is 40 bits of number and 80 bits of HMAC-SHA-256 over purpose and number, in lower-case base32
/// (RFC 4648, no padding): 24 characters that survive any mail system.  The first key signs, all verify, so
/// keys can be changed without breaking letters that are out.  Comparison takes constant time.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct evp_mac_ctx_st;

namespace oin::trust {

/// What a token stands for; one made for one purpose never verifies for another.
enum class Purpose {
  reply,    ///< of a ticket: whoever holds it was sent a letter about the ticket
  bounce,   ///< of a letter: where its delivery reports come to
  message,  ///< of a letter: its Message-ID, so that our own mail is known when it comes back
  staff,  ///< of a ticket, a day and a person of the team: whoever holds it was sent a letter for that person
  confirm,  ///< of a ticket, a day and an act: a mail to it says that the act is wanted
};

class Signer {
 public:
  /// At least one key; 32 bytes each.
  explicit Signer(const std::vector<std::string>& keys);

  /// A token that is `bound` to a text verifies only beside the same text.
  std::string token(Purpose purpose, std::int64_t number, std::string_view bound = {}) const;
  std::optional<std::int64_t> verify(Purpose purpose, std::string_view token,
                                     std::string_view bound = {}) const;

  /// "oin+TOKEN@example.com", and with a "b" before the token for delivery reports.
  std::string reply_address(std::string_view mailbox, std::string_view separator, std::int64_t ticket) const;
  std::string bounce_address(std::string_view mailbox, std::string_view separator, std::int64_t letter) const;
  /// "oin+sTOKEN@example.com": where this person's answers about the ticket come to;
  /// a ticket's number has 24 bits here.
  std::string staff_address(std::string_view mailbox, std::string_view separator, std::int64_t ticket,
                            std::string_view person, std::chrono::sys_days day) const;
  /// The ticket of an address that was signed for this person on a day from `first_day` on.
  std::optional<std::int64_t> ticket_of_staff(std::string_view addr_spec, std::string_view separator,
                                              std::string_view person, std::chrono::sys_days first_day) const;
  /// "oin+cTOKEN@example.com": a mail to it confirms the act ("withdrawal") on the ticket.
  std::string confirm_address(std::string_view mailbox, std::string_view separator, std::int64_t ticket,
                              std::string_view act, std::chrono::sys_days day) const;
  /// The ticket of an address that was signed for this act on a day from `first_day` on.
  std::optional<std::int64_t> ticket_of_confirm(std::string_view addr_spec, std::string_view separator,
                                                std::string_view act, std::chrono::sys_days first_day) const;
  /// What a recipient address is signed for; nothing for any other address.
  std::optional<std::int64_t> ticket_of(std::string_view addr_spec, std::string_view separator) const;
  std::optional<std::int64_t> letter_of(std::string_view addr_spec, std::string_view separator) const;

  std::string message_id(std::string_view domain, std::int64_t letter) const;  ///< without angle brackets
  /// The letter whose Message-ID this is, in whatever domain.
  std::optional<std::int64_t> letter_of_message_id(std::string_view message_id) const;

 private:
  std::string dated_address(char mark, Purpose purpose, std::string_view mailbox, std::string_view separator,
                            std::int64_t ticket, std::string_view bound, std::chrono::sys_days day) const;
  std::optional<std::int64_t> ticket_of_dated(char mark, Purpose purpose, std::string_view addr_spec,
                                              std::string_view separator, std::string_view bound,
                                              std::chrono::sys_days first_day) const;
  struct Free {
    void operator()(evp_mac_ctx_st* context) const;
  };
  /// HMAC-SHA-256 with its key in place: setting one up costs ten times what a token does.
  using Key = std::unique_ptr<evp_mac_ctx_st, Free>;
  static std::string mac(const Key& key, Purpose purpose, std::string_view number, std::string_view bound);
  std::vector<Key> keys_;
};

}  // namespace oin::trust
