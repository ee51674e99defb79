import { setTimeout as wait } from 'node:timers/promises';
import { countyDay } from '../../../../src/calendar/clock.ts';
import { dayText } from '../../../../src/calendar/text.ts';
import { foundBy } from '../../../../src/checks/index.ts';
import type { OutsideLink } from '../../../../src/checks/outside-links.ts';
import type { Problem } from '../../../../src/model/problems.ts';
import { mayConnect, resolveName } from './addresses.ts';
import {
  isDead,
  type Memory,
  readMemory,
  type Round,
  type Trouble,
  troubleAfter,
  writeMemory,
} from './memory.ts';
import { forEachOf, hostQueues } from './round.ts';
import { type Outcome, visit, type Visiting } from './visit.ts';

/**
 * Links to pages of other sites, requested once a day to see whether they still open. Dead ones are reported to the
 * editors.
 */

const MAX_ADDRESSES = 2000;
const TIMEOUT_MS = 15_000;
/** Between two requests to one host. */
const PAUSE_MS = 2000;
/** The start of the server has more urgent work. */
const START_AFTER_MS = 60_000;
/** A machine whose network was not ready tries again. */
const AGAIN_AFTER_MS = 3_600_000;

export interface OutsideLinksOptions {
  /** JSON in the data folder. */
  file: string;
  /** The links of the published content; undefined until it has been read. */
  links: () => readonly OutsideLink[] | undefined;
  /** Whether the setting is on. */
  isWanted: () => boolean;
  /** Address of the site, told to the visited sites in the `User-Agent`. */
  site: () => string;
  now?: () => Date;
  /** For tests: which hosts may be visited, and timeouts. */
  rules?: Partial<Pick<Visiting, 'mayConnect' | 'resolve' | 'timeoutMs'>>;
  pauseMs?: number;
  startAfterMs?: number;
}

export type OutsideState =
  { state: 'off' } | { state: 'waiting' } | { state: 'looking' } | ({ state: 'done' } & Round);

export interface OutsideLinks {
  /** Begins a round when one is due; ends the running one when the setting was turned off. */
  checkIfDue: () => void;
  /** The dead links, a problem for each place that has one. */
  problems: () => Problem[];
  state: () => OutsideState;
  /** Resolves when no round is running. */
  settled: () => Promise<void>;
  close: () => Promise<void>;
}

/** The address without its fragment, which is not sent to a server. */
function pageOf(address: string): string {
  const url = new URL(address);
  url.hash = '';
  return url.href;
}

export function openOutsideLinks({
  file,
  links,
  isWanted,
  site,
  now = () => new Date(),
  rules = {},
  pauseMs = PAUSE_MS,
  startAfterMs = START_AFTER_MS,
}: OutsideLinksOptions): OutsideLinks {
  let memory: Memory = readMemory(file);
  let running: Promise<void> | undefined;
  let ending = new AbortController();
  let closed = false;

  const isDue = () => {
    const { round } = memory;
    if (round?.day !== countyDay(now())) return true;
    return !round.isOnline && now().getTime() - Date.parse(round.at) >= AGAIN_AFTER_MS;
  };

  const run = async (signal: AbortSignal) => {
    await wait(startAfterMs, undefined, { signal, ref: false });
    const all = [...new Set((links() ?? []).map(({ address }) => pageOf(address)))];
    const addresses = all.slice(0, MAX_ADDRESSES);
    const day = countyDay(now());
    const outcomes = new Map<string, Outcome>();
    const how: Visiting = {
      mayConnect,
      resolve: resolveName,
      timeoutMs: TIMEOUT_MS,
      ...rules,
      userAgent: `CountySciencePortal-LinkCheck/1.0 (+${new URL(site()).href})`,
      signal,
      runForHost: hostQueues(pauseMs, signal),
    };
    await forEachOf(addresses, async (address) => {
      outcomes.set(address, await visit(address, how));
    });
    const visited = [...outcomes.values()].filter(({ found }) => found !== 'refused');
    const round: Round = {
      at: now().toISOString(),
      day,
      isOnline: visited.length === 0 || visited.some(isFromOutside),
      looked: addresses.length,
      refused: addresses.length - visited.length,
      left: all.length - addresses.length,
    };
    memory = { round, troubles: round.isOnline ? troublesAfter(memory, outcomes, day) : memory.troubles };
    writeMemory(file, memory);
  };

  const look = () => {
    if (!isWanted()) ending.abort();
    if (closed || running || !isWanted() || !links() || !isDue()) return;
    ending = new AbortController();
    const { signal } = ending;
    running = run(signal)
      .catch((error) => {
        if (!signal.aborted) console.error('检查外部链接时出错了：', error);
      })
      .finally(() => {
        running = undefined;
        if (!memory.round?.isOnline) setTimeout(look, AGAIN_AFTER_MS).unref();
      });
  };

  return {
    checkIfDue: look,
    problems() {
      if (!isWanted() || !memory.round?.isOnline) return [];
      return (links() ?? []).flatMap((link) => {
        const trouble = memory.troubles[pageOf(link.address)];
        return trouble && isDead(trouble) ? foundBy('links', [problemOf(link, trouble)]) : [];
      });
    },
    state() {
      if (!isWanted()) return { state: 'off' };
      if (running) return { state: 'looking' };
      return memory.round ? { state: 'done', ...memory.round } : { state: 'waiting' };
    },
    settled: async () => running,
    close: async () => {
      closed = true;
      ending.abort();
      await running;
    },
  };
}

/** Whether an outcome proves that this machine is online. */
const isFromOutside = (outcome: Outcome) =>
  outcome.found === 'open' || outcome.found === 'gone' || (outcome.found === 'failed' && outcome.isAnswered);

/** The troubles after a round, without addresses that are no longer linked to. */
function troublesAfter(
  { troubles }: Memory,
  outcomes: ReadonlyMap<string, Outcome>,
  day: string,
): Memory['troubles'] {
  const after = [...outcomes].flatMap(([address, outcome]) => {
    const trouble = troubleAfter(troubles[address], outcome, day);
    return trouble ? [[address, trouble] as const] : [];
  });
  return Object.fromEntries(after);
}

function problemOf({ address, file, line, field }: OutsideLink, { found, reason, since }: Trouble): Problem {
  const message =
    found === 'failed'
      ? `${address} 从${dayText(since)}起每次都打不开：${reason}。请自己打开看看，真打不开就换一个网址，或删去`
      : `${address} 打不开：${reason}。请换一个网址，或删去`;
  return { severity: 'warning', file, line, field, message, outside: address };
}
