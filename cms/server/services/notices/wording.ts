import { type Recorded, STEPS, type Step } from '../../../protocol/review.ts';
import type { Name, Person } from '../../../protocol/roles.ts';
import type { ReviewEvent } from '../newsroom/index.ts';

/**
 * What notices say, and to whom. They leave the house: what kind of text it is and what happened, never a word of the text,
 * neither its title nor its address, which is made of the title, nor a reason.
 */

/** One message, of one line for each thing that happened. */
export interface Message {
  /** Name of the sender. */
  from: string;
  title: string;
  lines: { text: string; link?: string | undefined }[];
  end?: string | undefined;
}

/** The kinds of notices, as a person chooses among them. */
export const NOTICE_KINDS = {
  waiting: '有稿子等我审',
  returned: '我写的被退回',
  approved: '我写的通过了一步审核',
  published: '我写的发布了',
  comment: '有人给我写的提意见、留言',
} as const;

export type NoticeKind = keyof typeof NOTICE_KINDS;

/** What one person, or the robots, are told. */
export interface Notice {
  kind: NoticeKind;
  /** Undefined for the robots. */
  to: Name | undefined;
  text: string;
}

const isStep = (stage: string): stage is Step => Object.hasOwn(STEPS, stage);

const WORDS: Partial<Record<Recorded, [NoticeKind, string]>> = {
  return: ['returned', '退回了，要改什么写在审核记录里'],
  approve: ['approved', '通过了一步审核'],
  publish: ['published', '发布了'],
  urgent: ['published', '先发布了，随后补审'],
  schedule: ['approved', '审核通过，定了时间发布'],
  unpublish: ['published', '下线了'],
  comment: ['comment', '有了新的意见'],
  opinion: ['comment', '收到了外面的意见'],
};

/** What the robots are told: what the group has to do, and what went to the site. */
const FOR_ROBOTS: ReadonlySet<Recorded> = new Set(['publish', 'urgent', 'return', 'unpublish']);

/**
 * The notices of an event. Nobody is told of what they did themselves.
 *
 * @param reviewers people who can review afterwards what went out at once
 */
export function noticesOf(event: ReviewEvent, reviewers: readonly Person[]): Notice[] {
  const { kind, action, by, stage, authors, waitsFor } = event;
  const what = `一篇${kind}`;
  const others = (people: readonly Name[]) => people.filter(({ login }) => login !== by.login);
  const notices: Notice[] = [];
  const [noticeKind, words] = WORDS[action] ?? [];
  if (noticeKind && words) {
    for (const to of others(authors)) notices.push({ kind: noticeKind, to, text: `你写的${what}${words}。` });
    if (FOR_ROBOTS.has(action)) notices.push({ kind: noticeKind, to: undefined, text: `${what}${words}。` });
  }
  const movesOn = action === 'submit' || action === 'approve' || action === 'unschedule';
  if (movesOn && isStep(stage)) {
    const { label } = STEPS[stage];
    for (const to of others(waitsFor)) notices.push({ kind: 'waiting', to, text: `${what}在等你${label}。` });
    notices.push({ kind: 'waiting', to: undefined, text: `${what}在等${label}。` });
  }
  const done = action === 'urgent' ? '先发布了' : action === 'unpublish' ? '先下线了' : undefined;
  if (done)
    for (const to of others(reviewers))
      notices.push({ kind: 'waiting', to, text: `${what}${done}，在等你补审。` });
  return notices;
}
