-- 0007_breaker.sql: whether all outgoing mail is held until a person has looked; one row.

CREATE TABLE breaker (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  open_since INTEGER,            -- NULL: letters go
  letters    INTEGER NOT NULL,   -- written within the minute that opened it
  closed_at  INTEGER             -- only letters written since count for the next time; NULL: it never was open
);
