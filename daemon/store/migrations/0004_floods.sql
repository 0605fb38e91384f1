-- 0004_floods.sql: the one ticket that takes in what an address sends beyond its limit.

CREATE TABLE flood (
  key    TEXT PRIMARY KEY,       -- the sender in comparable form
  ticket INTEGER NOT NULL,
  at     INTEGER NOT NULL        -- of the last mail it took in
) WITHOUT ROWID;
