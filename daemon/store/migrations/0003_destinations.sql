-- 0003_destinations.sql: letters by the domain they go to, so that each has its own pace and its own back-off.

ALTER TABLE letter ADD COLUMN domain TEXT NOT NULL DEFAULT '';       -- of its first recipient
ALTER TABLE letter ADD COLUMN delay_told INTEGER NOT NULL DEFAULT 0; -- the team knows that it waits
UPDATE letter SET domain = coalesce((SELECT substr(key, instr(key, '@') + 1) FROM letter_recipient r
                                     WHERE r.letter = letter.id AND r.number = 1), '');
CREATE INDEX letter_due_domain ON letter (domain, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX letter_domain_written ON letter (domain, written_at);

-- Letters to a domain that were deferred one after another, with none accepted between; no row: none was.
CREATE TABLE destination (
  domain    TEXT PRIMARY KEY,
  deferrals INTEGER NOT NULL,
  rests_until INTEGER            -- nothing goes there before; NULL: it does not rest
) WITHOUT ROWID;
