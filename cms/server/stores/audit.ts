import type { DatabaseSync } from 'node:sqlite';
import { AUDIT_SCHEMA } from './audit-schema.ts';
import { RECORDED } from '../../protocol/review.ts';
import type { Person } from '../../protocol/roles.ts';

/**
 * The audit log: who did what when. Rows can be added and read; the database itself refuses to change or delete one. What
 * strangers do over and over is one row with a count, so that they cannot fill the disk with rows that stay for ever.
 */

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
  ...RECORDED,
  share: '给外面的人看',
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
  /** How often it happened, and when last: more than once only for what strangers did. */
  times: number;
  lastAt: string;
}

/** How much there is. */
export interface AuditSize {
  rows: number;
  /** Time of the first row, ISO 8601; undefined when there is none. */
  since: string | undefined;
  /** Of the database that holds the log, with accounts and visit requests. */
  bytes: number;
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
  /** Writes down what a stranger did; the same again within a quarter of an hour only raises a count. */
  tally: (event: AuditEvent) => void;
  /** Newest first. */
  list: (filter?: AuditFilter & { limit?: number; offset?: number }) => AuditRow[];
  count: (filter?: AuditFilter) => number;
  /** The same rows as `list`, all of them in batches: only one batch is read at a time. */
  batches: (filter?: AuditFilter) => Generator<AuditRow[]>;
  /** How often an action happened since a time (milliseconds since 1970), repeats included. */
  timesSince: (action: AuditAction, since: number) => number;
  size: () => AuditSize;
  /** Logins that occur, for the filter. */
  logins: () => string[];
}

const MAX_TEXT = 500;
const PAGE = 50;
const BATCH = 500;

/** The same act of a stranger counts as repeated for this long: as long as a lock of a login lasts. */
const REPEAT_MS = 15 * 60_000;
/** Rows of strangers in that time; what comes beyond is counted together, whoever did it. */
const MAX_STRANGER_ROWS = 40;
/** Stands for all addresses beyond. */
const MANY = '（还有许多地址）';

const ROWS = `SELECT audit.*, coalesce(times, 1) AS times, coalesce(lastAt, at) AS lastAt
  FROM audit LEFT JOIN auditRepeats ON auditRepeats.row = audit.id`;

/** What makes two acts of strangers the same. */
const keyOf = ({ action, target = '', detail = '', address = '' }: AuditEvent) =>
  JSON.stringify([action, target, detail, address]);

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
  database.exec(AUDIT_SCHEMA);
  const insert = database.prepare(
    'INSERT INTO audit (at, personId, name, login, action, target, detail, address) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const repeat = database.prepare(`
    INSERT INTO auditRepeats (row, times, lastAt) VALUES (?, 2, ?)
    ON CONFLICT (row) DO UPDATE SET times = times + 1, lastAt = max(lastAt, excluded.lastAt)`);
  const insertRow = ({ person, action, target = '', detail = '', address = '' }: AuditEvent): number =>
    Number(
      insert.run(
        new Date(now()).toISOString(),
        person?.id ?? '',
        person?.name ?? '',
        person?.login ?? '',
        action,
        target.slice(0, MAX_TEXT),
        detail.slice(0, MAX_TEXT),
        address.slice(0, MAX_TEXT),
      ).lastInsertRowid,
    );
  /** Rows that strangers made a short while ago, by what they did; a restart begins new ones. */
  const recent = new Map<string, { row: number; at: number }>();
  return {
    write: (event) => void insertRow(event),
    tally(event) {
      const time = now();
      for (const [key, { at }] of recent) if (Math.abs(time - at) >= REPEAT_MS) recent.delete(key);
      const known = (keyed: AuditEvent) => recent.get(keyOf(keyed));
      const isMore = !known(event) && recent.size >= MAX_STRANGER_ROWS;
      const counted = isMore ? { ...event, target: '', address: MANY } : event;
      const found = known(counted);
      if (found) repeat.run(found.row, new Date(time).toISOString());
      else recent.set(keyOf(counted), { row: insertRow(counted), at: time });
    },
    list({ limit = PAGE, offset = 0, ...filter } = {}) {
      const [where, values] = conditions(filter);
      return database
        .prepare(`${ROWS} ${where} ORDER BY id DESC LIMIT ? OFFSET ?`)
        .all(...values, limit, offset) as unknown as AuditRow[];
    },
    count(filter = {}) {
      const [where, values] = conditions(filter);
      return Number(database.prepare(`SELECT count(*) AS n FROM audit ${where}`).get(...values)?.n);
    },
    batches(filter = {}) {
      const [where, values] = conditions(filter);
      const statement = database.prepare(
        `${ROWS} ${where ? `${where} AND` : 'WHERE'} id < ? ORDER BY id DESC LIMIT ${BATCH}`,
      );
      // Rows that are written meanwhile are not among them.
      let before = Number(database.prepare('SELECT max(id) AS id FROM audit').get()?.id ?? 0) + 1;
      return (function* read() {
        for (;;) {
          const rows = statement.all(...values, before) as unknown as AuditRow[];
          const last = rows.at(-1);
          if (!last) return;
          yield rows;
          before = last.id;
        }
      })();
    },
    timesSince: (action, since) =>
      Number(
        database
          .prepare(
            `SELECT sum(coalesce(times, 1)) AS n FROM audit INDEXED BY auditAt
             LEFT JOIN auditRepeats ON auditRepeats.row = audit.id WHERE at >= ? AND action = ?`,
          )
          .get(new Date(since).toISOString(), action)?.n ?? 0,
      ),
    size() {
      // Rows are never deleted, so the last number is how many there are.
      const rows = Number(database.prepare('SELECT max(id) AS n FROM audit').get()?.n ?? 0);
      const first = database.prepare('SELECT at FROM audit ORDER BY id LIMIT 1').get();
      const pages = Number(database.prepare('PRAGMA page_count').get()?.page_count);
      const pageBytes = Number(database.prepare('PRAGMA page_size').get()?.page_size);
      return { rows, since: first && String(first.at), bytes: pages * pageBytes };
    },
    logins: () =>
      database
        .prepare("SELECT DISTINCT login FROM audit WHERE login <> '' ORDER BY login")
        .all()
        .map(({ login }) => String(login)),
  };
}
