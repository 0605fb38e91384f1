-- 0002_suppressed.sql: addresses that nothing is sent to, and what leads there.

-- A letter that failed for good at an address: the far server's 5xx, or a delivery report.  One row a letter, however
-- many reports come of it; forgotten when the suppression is lifted.
CREATE TABLE delivery_failure (
  key    TEXT NOT NULL,          -- the address in comparable form
  letter INTEGER NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (key, letter)
) WITHOUT ROWID;

CREATE TABLE suppressed (
  key    TEXT PRIMARY KEY,       -- an address in comparable form, or "@domain.example"
  reason TEXT NOT NULL,
  at     INTEGER NOT NULL,
  who    TEXT NOT NULL           -- "desk", or the person's address
) WITHOUT ROWID;
