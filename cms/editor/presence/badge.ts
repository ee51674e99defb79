import { createElement as h, type ReactNode, useSyncExternalStore } from 'react';
import { BEAT_SECONDS, type Editing } from '../../protocol/presence.ts';
import { api } from '../client/api.ts';
import { agoText } from './ago.ts';

/** Who is editing, on the cards of a list. */

/** Words by address of the entry, `/collections/news/entries/jia`. */
let shown: ReadonlyMap<string, string> = new Map();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;

const addressOf = (path: string) =>
  path.replace(/^content\/([\w-]+)\/([\w-]+)\.\w+$/, '/collections/$1/entries/$2');

const wordsOf = ({ name, at, isSelf }: Editing) =>
  isSelf ? '你在另一个窗口里正在编辑' : `${name}正在编辑（${agoText(at)}）`;

/** Asks again while a list is on the screen. */
async function refresh(): Promise<void> {
  clearTimeout(timer);
  const all = await api.editing().catch(() => undefined);
  if (all) shown = new Map(all.map((editing) => [addressOf(editing.path), wordsOf(editing)]));
  for (const listener of listeners) listener();
  clearTimeout(timer);
  if (listeners.size > 0) timer = setTimeout(() => void refresh(), BEAT_SECONDS * 1000);
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    shown = new Map();
    timer = setTimeout(() => void refresh(), 0);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearTimeout(timer);
  };
}

export function PresenceBadge({ address }: { address: string }): ReactNode {
  const words = useSyncExternalStore(subscribe, () => shown.get(address));
  return words ? h('span', { className: 'portal-editing' }, words) : null;
}
