-- 0006_oversized.sql: a mail in quarantine of which only the header section was fetched: its size, or 0.
ALTER TABLE quarantine ADD COLUMN oversized INTEGER NOT NULL DEFAULT 0;
