import type { DatabaseSync } from 'node:sqlite';
import { ACTIONS } from '../../protocol/review.ts';
import type { Person } from '../../protocol/roles.ts';

/** The audit log: who did what when. Rows can be added and read; the database itself refuses to change or delete one. */

/** Everything that is written down, as the desk shows it. */
export const AUDIT_ACTIONS = {
  setup: '建立管理员',
  login: '登录',
  'login-failed': '登录失败',
  'login-locked': '登录被锁定',
  logout: '退出',
  'session-ended': '结束登录',
  password: '修改密码',
  'two-factor': '两步验证',
  'account-created': '新建账号',
  'account-changed': '修改账号',
  'account-closed': '停用账号',
  'account-opened': '恢复账号',
  'account-reset': '重置密码',
  ...ACTIONS,
  delete: '删除',
  restore: '恢复',
  upload: '上传',
  'roll-back': '回退',
  settings: '修改设置',
  plan: '大篷车排期',
  request: '处理申请',
  import: '导入',
  export: '导出',
} as const;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

export interface AuditEvent {
  /** Absent without a session, or when the server itself did it. */
  person?: Pick<Person, 'id' | 'name' | 'login'> | undefined;
  action: AuditAction;
  /** What it was done to: a path, an account's login, a release. */
  target?: string | undefined;
  /** One Chinese sentence. Never a password, a token or anything about a member of the public. */
  detail?: string | undefined;
  /** Network address of the caller, for logins. */
  address?: string | undefined;
}

/** A row as it is kept; texts are empty where there was nothing. */
export interface AuditRow {
  id: number;
  /** ISO 8601, UTC. */
  at: string;
  personId: string;
  /** Name and login as they were then, so that the history outlives the account. */
  name: string;
  login: string;
  action: AuditAction;
  target: string;
  detail: string;
  address: string;
}

export interface AuditFilter {
  /** Login of an account. */
  login?: string | undefined;
  action?: AuditAction | undefined;
  /** First and last day, `YYYY-MM-DD` in Asia/Shanghai. */
  from?: string | undefined;
  to?: string | undefined;
}

export interface Audit {
  write: (event: AuditEvent) => void;
  /** Newest first. */
  list: (filter?: AuditFilter & { limit?: number; offset?: number }) => AuditRow[];
  count: (filter?: AuditFilter) => number;
  /** Logins that occur, for the filter. */
  logins: () => string[];
}

const MAX_TEXT = 500;
const PAGE = 50;

const SCHEMA = `
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
`;

/** Midnight of a day in Asia/Shanghai (no summer time since 1991) as UTC; `days` later. */
const midnight = (day: string, days = 0) =>
  new Date(Date.parse(`${day}T00:00:00+08:00`) + days * 86_400_000).toISOString();

function conditions({ login, action, from, to }: AuditFilter): [where: string, values: string[]] {
  const found: [string, string][] = [];
  if (login) found.push(['login = ?', login]);
  if (action) found.push(['action = ?', action]);
  if (from) found.push(['at >= ?', midnight(from)]);
  if (to) found.push(['at < ?', midnight(to, 1)]);
  const where = found.length > 0 ? `WHERE ${found.map(([condition]) => condition).join(' AND ')}` : '';
  return [where, found.map(([, value]) => value)];
}

/** Opens the log; the table is made when there is none. */
export function openAudit(database: DatabaseSync, { now = Date.now }: { now?: () => number } = {}): Audit {
  database.exec(SCHEMA);
  const insert = database.prepare(
    'INSERT INTO audit (at, personId, name, login, action, target, detail, address) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  return {
    write({ person, action, target = '', detail = '', address = '' }) {
      insert.run(
        new Date(now()).toISOString(),
        person?.id ?? '',
        person?.name ?? '',
        person?.login ?? '',
        action,
        target.slice(0, MAX_TEXT),
        detail.slice(0, MAX_TEXT),
        address.slice(0, MAX_TEXT),
      );
    },
    list({ limit = PAGE, offset = 0, ...filter } = {}) {
      const [where, values] = conditions(filter);
      return database
        .prepare(`SELECT * FROM audit ${where} ORDER BY id DESC LIMIT ? OFFSET ?`)
        .all(...values, limit, offset) as unknown as AuditRow[];
    },
    count(filter = {}) {
      const [where, values] = conditions(filter);
      return Number(database.prepare(`SELECT count(*) AS n FROM audit ${where}`).get(...values)?.n);
    },
    logins: () =>
      database
        .prepare("SELECT DISTINCT login FROM audit WHERE login <> '' ORDER BY login")
        .all()
        .map(({ login }) => String(login)),
  };
}
