import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { STEPS, type Step } from '../../../protocol/review.ts';
import { hasRole, type Person } from '../../../protocol/roles.ts';
import type { ReviewEvent } from '../newsroom/index.ts';
import type { Status } from '../status.ts';
import { sendMail } from './mail.ts';
import { NotSent, type OutgoingRules, PUBLIC_ONLY } from './outgoing.ts';
import { openPreferences } from './preferences.ts';
import { openNoticeQueue, type QueuedNotice } from './queue.ts';
import { sendToRobot } from './robots.ts';
import { openNoticeSettings, ROBOT_KINDS, ROBOTS, type RobotKind } from './settings.ts';
import { type Message, noticesOf } from './wording.ts';

/** Notices that leave the house: who has to do what, by e-mail and by the robots of group chats. */

export { NotSent, type OutgoingRules } from './outgoing.ts';
export type { QueuedNotice, QueueState } from './queue.ts';

/** Other lines for the same person are waited for: forty texts that are submitted at once are one message. */
const COLLECT_MS = 30_000;
const LOOK_EVERY_MS = 10_000;
/** Lines of one message. */
const MOST_LINES = 10;

export interface NoticesOptions {
  database: DatabaseSync;
  /** Key that seals the settings. */
  keyFile: string;
  now: () => Date;
  /** People with an open account. */
  people: () => readonly Person[];
  steps: () => readonly Step[];
  /** Name of the site, for the sender and the subject. */
  siteName: () => string;
  /** Address of the site with its base path, a slash at the end; empty when only this machine can open it. */
  siteAddress: () => string;
  status?: Pick<Status, 'record'> | undefined;
  rules?: OutgoingRules | undefined;
  /** How long lines for one person are collected, milliseconds. */
  collectMs?: number | undefined;
}

export type Channel = 'mail' | RobotKind;

const isRobot = (channel: string): channel is RobotKind => Object.hasOwn(ROBOTS, channel);

export type Notices = ReturnType<typeof openNotices>;

export function openNotices({
  database,
  keyFile,
  now,
  people,
  steps,
  siteName,
  siteAddress,
  status,
  rules = PUBLIC_ONLY,
  collectMs = COLLECT_MS,
}: NoticesOptions) {
  const settings = openNoticeSettings(database, keyFile);
  const preferences = openPreferences(database);
  const queue = openNoticeQueue(database, now, () => randomBytes(12).toString('hex'));
  let isSending = false;
  let isClosed = false;
  let sending: Promise<void> = Promise.resolve();

  const messageOf = (rows: readonly Pick<QueuedNotice, 'line' | 'target'>[]): Message => {
    const site = siteAddress();
    const shown = rows.slice(0, MOST_LINES);
    const [first] = rows;
    const lines = shown.map(({ line, target }) => ({
      text: line,
      link: site && target ? `${site}admin/desk/review/of/${target}/` : undefined,
    }));
    const title = rows.length === 1 ? (first?.line ?? '') : `有 ${rows.length} 件事要看`;
    const more = rows.length - shown.length;
    return {
      from: siteName(),
      title: `${siteName()}：${title}`,
      lines,
      end:
        more > 0
          ? `还有 ${more} 件，请打开工作台的「待办」。`
          : site
            ? undefined
            : '请打开工作台的「待办」。',
    };
  };

  const send = async (channel: string, recipient: string, message: Message): Promise<void> => {
    const { mail, robots } = settings.current();
    if (channel === 'mail') {
      if (!mail) throw new NotSent('邮件服务器没有设好');
      return sendMail(mail, recipient, message, rules);
    }
    const robot = isRobot(channel) ? robots[channel] : undefined;
    if (!robot || !isRobot(channel)) throw new NotSent('这个机器人没有设好');
    return sendToRobot(channel, robot, message, { rules, now });
  };

  const sendDue = async (): Promise<void> => {
    for (const rows of queue.due()) {
      const [first] = rows;
      if (!first || isClosed) return;
      try {
        await send(first.channel, first.recipient, messageOf(rows));
        queue.sent(rows);
        status?.record('notices', { ok: true });
      } catch (error) {
        const known = error instanceof NotSent ? error : new NotSent('没有发出去');
        if (known !== error) console.error('通知没有发出去：', error);
        queue.failed(rows, known.message, known.isFinal);
        status?.record('notices', {
          ok: false,
          message: `通知没有发出去：${known.message}。请看「运行情况」`,
        });
      }
    }
  };
  /** Sends what is due, one after the other. */
  const deliver = (): Promise<void> => {
    if (isSending) return sending;
    isSending = true;
    sending = sendDue().finally(() => {
      isSending = false;
    });
    return sending;
  };
  const timer = setInterval(() => void deliver().catch((error) => console.error(error)), LOOK_EVERY_MS);
  timer.unref();

  const tell = (event: ReviewEvent): void => {
    if (event.formerly) queue.moved(event.formerly, event.path);
    const { mail, robots } = settings.current();
    const step = steps().at(-1);
    const reviewers = people().filter(
      (person) =>
        step &&
        hasRole(person, STEPS[step].role) &&
        !event.authors.some(({ login }) => login === person.login),
    );
    const notices = noticesOf(event, reviewers);
    if (notices.length === 0) return;
    const target = queue.targetOf(event.path);
    for (const { kind, to, text } of notices) {
      if (to === undefined)
        for (const channel of ROBOT_KINDS.filter((one) => robots[one]))
          queue.add({ channel, recipient: '', line: text, target }, collectMs);
      else if (mail) {
        const { email, off } = preferences.of(to.login);
        if (email && !off.includes(kind))
          queue.add({ channel: 'mail', recipient: email, line: text, target }, collectMs);
      }
    }
  };

  return {
    settings,
    preferences,
    rules,
    /** Tells people of a step; never fails, since the step was taken. */
    tell(event: ReviewEvent): void {
      try {
        tell(event);
      } catch (error) {
        console.error('通知没有记下：', error);
      }
    },
    deliver,
    /** Sends a message at once; throws why not. */
    async sendTest(channel: Channel, recipient = ''): Promise<void> {
      const message = messageOf([{ line: '这是试发的一条，收到就是通了。', target: '' }]);
      await send(channel, recipient, { ...message, end: undefined });
    },
    state: queue.state,
    retryAll(): void {
      queue.retryAll();
      void deliver().catch((error) => console.error(error));
    },
    pathOf: queue.pathOf,
    purge: queue.purge,
    async close(): Promise<void> {
      isClosed = true;
      clearInterval(timer);
      await sending.catch(() => {});
    },
  };
}
