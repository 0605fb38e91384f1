-- 0009_retention.sql: what retention looks for each day.
CREATE INDEX mail_arrived_at ON mail (arrived_at);
