import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { STEPS, type Step } from '../../../protocol/review.ts';
import { remoteProblem } from './git-remote.ts';
import { writeFileAtomic } from '../../../../src/runtime/write-atomically.ts';

/** Settings of this server, `DATA_DIR/server.json`: how it is reached, and how this office reviews. Not of the site. */

/** A whole number between two, typed into a form. */
const between = (least: number, most: number) => {
  const error = `请写 ${least} 到 ${most} 之间的整数`;
  return z.coerce.number({ error }).int(error).min(least, error).max(most, error);
};

const STEP_NAMES = Object.keys(STEPS) as [Step, ...Step[]];

/** Steps in their order, each once. */
const steps = z
  .array(z.enum(STEP_NAMES))
  .transform((chosen) => STEP_NAMES.filter((step) => chosen.includes(step)));

export const serverSettings = z.strictObject({
  /** Whether other machines may connect; until the administrator says so, only this one. */
  network: z.boolean().default(false),
  /** Address under which people open the site, e.g. `https://kexie.example.cn`; empty while it is only this machine. */
  publicUrl: z
    .union([
      z.literal(''),
      z
        .url({ protocol: /^https?$/, error: '请写完整的网址，例如 https://kexie.example.cn' })
        .transform((url) => new URL(url).origin),
    ])
    .default(''),
  /** IP address of the TLS proxy in front, the only one whose `X-Forwarded-*` headers are believed; empty without. */
  proxy: z
    .union([z.literal(''), z.ipv4({ error: '请写代理的 IP 地址，例如 127.0.0.1' }), z.ipv6()])
    .default(''),
  /** Steps of review before a text is public; none is for trying things out alone. */
  steps: steps.default(STEP_NAMES),
  /** Least role that has to use two-step login; empty when it is everyone's own choice. */
  twoStepFrom: z.enum(['', 'publisher', 'administrator']).default(''),
  /** A login that is not used for this long ends. */
  idleMinutes: between(10, 720).default(120),
  /** Megabytes of uploads that one person may add in thirty days, and that the office may have in all. */
  uploadMbEach: between(10, 1_000_000).default(2000),
  uploadMbAll: between(100, 10_000_000).default(20_000),
  /** Whether administrators are reminded of steps of the first run that are not done. */
  firstRunReminder: z.boolean().default(true),
  /** Whether the server opens the pages of other sites that the content links to, once a day. */
  outsideLinks: z.boolean().default(true),
  /** Git host that gets a copy after each publish. */
  gitHost: z
    .strictObject({
      /** `https://…`, `ssh://…` or `git@host:path`. */
      url: z.string().superRefine((url, { addIssue }) => {
        const message = remoteProblem(url);
        if (message) addIssue({ code: 'custom', message });
      }),
      branch: z
        .string()
        .regex(/^[\w./-]+$/, '分支名只能用字母、数字和 . / -')
        .default('main'),
    })
    .optional(),
});

export type ServerSettings = z.output<typeof serverSettings>;

/** The address to listen on: this machine alone until the administrator turns on the network. */
export const listenHost = ({ network }: ServerSettings): string | undefined =>
  network ? undefined : '127.0.0.1';

export interface SettingsStore {
  current: () => ServerSettings;
  /** Takes effect at once, but for the network, which needs a restart. */
  change: (settings: ServerSettings) => void;
}

/**
 * Opens a settings file; a missing file gives the defaults.
 *
 * @throws a Chinese message when the file cannot be understood: guessing could open the network
 */
export function openSettings(file: string): SettingsStore {
  let current = read(file);
  return {
    current: () => current,
    change(settings) {
      writeFileAtomic(file, `${JSON.stringify(settings, null, 2)}\n`);
      current = settings;
    },
  };
}

function read(file: string): ServerSettings {
  if (!existsSync(file)) return serverSettings.parse({});
  try {
    return serverSettings.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(
      `${file} 读不懂，请改正或删掉它再启动（删掉就恢复默认设置）：${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}
