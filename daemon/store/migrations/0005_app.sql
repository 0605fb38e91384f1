-- 0005_app.sql: by what the tickets of one app are found, whoever wrote them: its name, its vendor's domain, org
-- and SAML entity, as the newest revision of each ticket has them (daemon/workflow/app_keys.hpp).
CREATE TABLE app (
  kind   TEXT NOT NULL,
  value  TEXT NOT NULL,
  ticket INTEGER NOT NULL REFERENCES ticket (id),
  PRIMARY KEY (kind, value, ticket)
) WITHOUT ROWID;
CREATE INDEX app_ticket ON app (ticket);
