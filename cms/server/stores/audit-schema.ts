/** The tables of the audit log, and what keeps them from being changed. */
export const AUDIT_SCHEMA = `
CREATE TABLE IF NOT EXISTS audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  personId TEXT NOT NULL,
  name TEXT NOT NULL,
  login TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  detail TEXT NOT NULL,
  address TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS auditAt ON audit (at);
CREATE INDEX IF NOT EXISTS auditLogin ON audit (login, id);
CREATE INDEX IF NOT EXISTS auditAction ON audit (action, id);
CREATE TRIGGER IF NOT EXISTS auditNoUpdate BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END;
CREATE TRIGGER IF NOT EXISTS auditNoDelete BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END;
-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER IF NOT EXISTS auditNoReplace BEFORE INSERT ON audit
  WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
  BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END;
-- How often a row of a stranger happened; a count can only grow.
CREATE TABLE IF NOT EXISTS auditRepeats (
  row INTEGER PRIMARY KEY,
  times INTEGER NOT NULL,
  lastAt TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS auditRepeatsNoLess BEFORE UPDATE ON auditRepeats WHEN NEW.times < OLD.times OR NEW.row <> OLD.row
  BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END;
CREATE TRIGGER IF NOT EXISTS auditRepeatsNoDelete BEFORE DELETE ON auditRepeats
  BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END;
`;
