-- 0001_first.sql: everything the desk knows.  Instants are seconds since 1970 (UTC), digests are 32 octets,
-- names of states are the words of the manual, so that a person with the sqlite3 shell can read along.

-- How far each mailbox was read (RFC 3501 2.3.1.1).  An epoch is one numbering of its UIDs: a new UIDVALIDITY
-- begins one, and so does a UIDNEXT that fell, which servers do under the old UIDVALIDITY after losing an index.
CREATE TABLE mailbox (
  id           INTEGER PRIMARY KEY,
  name         TEXT NOT NULL UNIQUE,
  uid_validity INTEGER NOT NULL DEFAULT 0,
  last_uid     INTEGER NOT NULL DEFAULT 0,
  epoch        INTEGER NOT NULL DEFAULT 0
);

-- One incoming mail, however often it was delivered.
CREATE TABLE mail (
  id           INTEGER PRIMARY KEY,
  digest       BLOB NOT NULL UNIQUE,
  message_id   TEXT,
  mailbox      TEXT NOT NULL,
  from_address TEXT NOT NULL,
  from_key     TEXT NOT NULL,  -- from_address in comparable form
  to_addresses TEXT NOT NULL,
  subject      TEXT NOT NULL,
  arrived_at   INTEGER NOT NULL,
  size         INTEGER NOT NULL
);
CREATE INDEX mail_message_id ON mail (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX mail_from ON mail (from_key, arrived_at);

-- Apart from `mail`, so that listings never read past bodies, and retention can drop bodies alone.
CREATE TABLE mail_raw (
  mail  INTEGER PRIMARY KEY REFERENCES mail (id) ON DELETE CASCADE,
  codec INTEGER NOT NULL,      -- 0 as it is, 1 zstd
  bytes BLOB NOT NULL
);

-- Every UID ever seen in a mailbox, and what became of it.
CREATE TABLE ledger (
  mailbox      INTEGER NOT NULL REFERENCES mailbox (id),
  epoch        INTEGER NOT NULL,
  uid          INTEGER NOT NULL,
  uid_validity INTEGER NOT NULL,
  mail         INTEGER REFERENCES mail (id),
  digest       BLOB,
  fate         TEXT NOT NULL,
  at           INTEGER NOT NULL,
  handled      INTEGER NOT NULL,  -- the server was told (flag, move) and said yes
  PRIMARY KEY (mailbox, epoch, uid)
) WITHOUT ROWID;
CREATE INDEX ledger_mail ON ledger (mail) WHERE mail IS NOT NULL;
CREATE INDEX ledger_unhandled ON ledger (mailbox, epoch, uid) WHERE handled = 0;

-- What lists and filters need of a ticket; the ticket itself is the fold of its events.
CREATE TABLE ticket (
  id         INTEGER PRIMARY KEY,
  events     INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  state      TEXT NOT NULL,
  queue      TEXT NOT NULL,
  phase      TEXT,
  assignee   TEXT,
  title      TEXT NOT NULL,
  requester  TEXT NOT NULL,
  opened_at  INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  due_at     INTEGER
);
CREATE INDEX ticket_queue ON ticket (queue, opened_at, due_at) WHERE state <> 'closed';

CREATE TABLE event (
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  seq    INTEGER NOT NULL,     -- from 1, without a gap
  at     INTEGER NOT NULL,
  actor  TEXT NOT NULL,
  mail   INTEGER,              -- the mail that caused it
  type   TEXT NOT NULL,
  body   TEXT NOT NULL,        -- JSON
  PRIMARY KEY (ticket, seq)
) WITHOUT ROWID;

-- Who stands on a ticket's record, in comparable form.
CREATE TABLE participant (
  address TEXT NOT NULL,
  ticket  INTEGER NOT NULL REFERENCES ticket (id),
  PRIMARY KEY (address, ticket)
) WITHOUT ROWID;

-- One message we send.  due_at is when the outbox looks at it again: its next attempt, or, while it is being
-- sent, the end of the sender's lease; nothing when only a person can move it on.
CREATE TABLE letter (
  id              INTEGER PRIMARY KEY,
  ticket          INTEGER,
  event           TEXT NOT NULL,
  message_id      TEXT NOT NULL,
  reverse_path    TEXT NOT NULL,
  from_address    TEXT NOT NULL,
  subject         TEXT NOT NULL,
  acknowledgement INTEGER NOT NULL,
  written_at      INTEGER NOT NULL,
  size            INTEGER NOT NULL,
  state           TEXT NOT NULL,
  attempts        INTEGER NOT NULL,
  dot_started     INTEGER NOT NULL,
  next_attempt_at INTEGER,
  due_at          INTEGER,
  last_answer     TEXT NOT NULL
);
CREATE INDEX letter_due ON letter (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX letter_unsent ON letter (ticket, id, state) WHERE state <> 'sent';
CREATE INDEX letter_message_id ON letter (message_id);
CREATE INDEX letter_written_at ON letter (written_at);

CREATE TABLE letter_bytes (
  letter INTEGER PRIMARY KEY REFERENCES letter (id) ON DELETE CASCADE,
  codec  INTEGER NOT NULL,
  bytes  BLOB NOT NULL
);

CREATE TABLE letter_recipient (
  letter     INTEGER NOT NULL REFERENCES letter (id) ON DELETE CASCADE,
  number     INTEGER NOT NULL,
  address    TEXT NOT NULL,
  key        TEXT NOT NULL,    -- address in comparable form
  written_at INTEGER NOT NULL, -- the letter's: limits per address are one range of the index below
  state      TEXT NOT NULL,
  answer     TEXT NOT NULL,
  PRIMARY KEY (letter, number)
) WITHOUT ROWID;
CREATE INDEX letter_recipient_key ON letter_recipient (key, written_at);

-- The mails of a ticket in both directions, numbered within it.
CREATE TABLE filed (
  ticket INTEGER NOT NULL,
  number INTEGER NOT NULL,
  mail   INTEGER REFERENCES mail (id),
  letter INTEGER REFERENCES letter (id),
  PRIMARY KEY (ticket, number),
  CHECK ((mail IS NULL) <> (letter IS NULL))
) WITHOUT ROWID;
CREATE UNIQUE INDEX filed_mail ON filed (mail, ticket) WHERE mail IS NOT NULL;

CREATE TABLE quarantine (
  id           INTEGER PRIMARY KEY,
  mailbox      TEXT NOT NULL,
  uid_validity INTEGER NOT NULL,
  uid          INTEGER NOT NULL,
  reason       TEXT NOT NULL,
  message_id   TEXT NOT NULL,
  from_address TEXT NOT NULL,
  subject      TEXT NOT NULL,
  at           INTEGER NOT NULL,
  codec        INTEGER NOT NULL,
  bytes        BLOB NOT NULL
);

CREATE TABLE timer (
  ticket INTEGER NOT NULL,
  name   TEXT NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (ticket, name)
) WITHOUT ROWID;
CREATE INDEX timer_at ON timer (at);
