import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { openSeal } from '../../stores/requests/sealing.ts';

/**
 * Where notices go: a mail server, robots of group chats. Passwords and the robots' addresses, which hold their keys, are
 * encrypted in the database with a key that lies in a file of its own (`stores/requests/sealing.ts`).
 */

/** The robots that are known, and the hosts of their addresses. */
export const ROBOTS = {
  wecom: { label: '企业微信', hosts: ['qyapi.weixin.qq.com'] },
  dingtalk: { label: '钉钉', hosts: ['oapi.dingtalk.com'] },
  feishu: { label: '飞书', hosts: ['open.feishu.cn', 'open.larksuite.com'] },
} as const;

export type RobotKind = keyof typeof ROBOTS;

export const ROBOT_KINDS = Object.keys(ROBOTS) as RobotKind[];

const HOST = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i;
const IP = /^[\d.]+$|:/;

const mail = z.strictObject({
  host: z
    .string()
    .trim()
    .refine((host) => HOST.test(host) || IP.test(host), '请写邮件服务器的名称，例如 smtp.example.cn'),
  port: z.coerce.number().int().min(1).max(65_535, '端口是 1 到 65535 之间的数'),
  /** `tls`: encrypted from the start; `starttls`: before anything is said; `none`: only within one's own network. */
  security: z.enum(['tls', 'starttls', 'none']),
  user: z.string().trim().max(200),
  password: z.string().max(500),
  from: z.email('请写发件人的邮箱'),
  /** Whether the server is in the association's own network; otherwise only public addresses are connected to. */
  isInternal: z.boolean().default(false),
});
export type MailSettings = z.output<typeof mail>;

const robot = z.strictObject({
  url: z.string().trim(),
  /** 加签: signs each message; empty without. */
  secret: z.string().trim().max(200).default(''),
  /** Word that each message must contain; empty without. */
  keyword: z.string().trim().max(20).default(''),
});
export type RobotSettings = z.output<typeof robot>;

export const noticeSettings = z.strictObject({
  mail: mail.optional(),
  robots: z.partialRecord(z.enum(ROBOT_KINDS as [RobotKind, ...RobotKind[]]), robot).default({}),
  /** Hosts of robots besides those of the makers: a chat system of the county's own. */
  extraHosts: z
    .array(z.string().regex(HOST, '主机名写成 robot.example.cn 的样子，不带 https://'))
    .max(5)
    .default([]),
});
export type NoticeSettings = z.output<typeof noticeSettings>;

/** Why a robot's address is not taken, Chinese; undefined when it is. */
export function robotProblem(
  kind: RobotKind,
  url: string,
  { extraHosts }: Pick<NoticeSettings, 'extraHosts'>,
  isPlainAllowed = false,
): string | undefined {
  const { label, hosts } = ROBOTS[kind];
  if (!URL.canParse(url)) return `${label}机器人的地址不是完整的网址，请从群的机器人设置里复制`;
  const { protocol, hostname, username, port } = new URL(url);
  if (isPlainAllowed) return undefined;
  if (protocol !== 'https:') return `${label}机器人的地址要以 https:// 开头`;
  if (username || port) return `${label}机器人的地址里不能有账号和端口`;
  const allowed: string[] = [...hosts, ...extraHosts];
  return allowed.includes(hostname)
    ? undefined
    : `${label}机器人的地址应当在 ${hosts.join('、')} 上；是自己单位的，先把主机名写进「另外允许的主机」`;
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS noticeSettings (
  name TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT;
`;

const NAME = 'notices';

export interface NoticeSettingsStore {
  current: () => NoticeSettings;
  change: (settings: NoticeSettings) => void;
  /** Whether there are settings that the key does not open. */
  isLocked: () => boolean;
}

/** Opens the settings; without any nothing is sent. */
export function openNoticeSettings(database: DatabaseSync, keyFile: string): NoticeSettingsStore {
  database.exec(SCHEMA);
  const seal = openSeal(keyFile, NAME);
  const row = database.prepare('SELECT sealed FROM noticeSettings WHERE name = ?').get(NAME);
  const parsed = row && noticeSettings.safeParse(seal.open(NAME, row.sealed as Uint8Array));
  let current = parsed?.data ?? noticeSettings.parse({});
  let isLocked = parsed !== undefined && !parsed.success;
  return {
    current: () => current,
    change(settings) {
      database
        .prepare(
          'INSERT INTO noticeSettings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed',
        )
        .run(NAME, seal.close(NAME, settings));
      current = settings;
      isLocked = false;
    },
    isLocked: () => isLocked,
  };
}
