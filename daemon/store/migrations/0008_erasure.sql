-- 0008_erasure.sql: that somebody was erased, by whom and when; not who it was.
CREATE TABLE erasure (
  id         INTEGER PRIMARY KEY,
  at         INTEGER NOT NULL,
  who        TEXT NOT NULL,
  first_mark INTEGER NOT NULL,   -- "erased-3": marks of later erasures go on behind these
  marks      INTEGER NOT NULL,
  tickets    INTEGER NOT NULL,   -- how many of each were changed
  mails      INTEGER NOT NULL,
  letters    INTEGER NOT NULL,
  row_count  INTEGER NOT NULL
);
