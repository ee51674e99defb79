import { createElement as h, type ReactNode, useSyncExternalStore } from 'react';

/** Where the words of the form are, as the toolbar says it. */

type AutosaveState =
  | { state: 'none' }
  /** On the server since a time, ISO 8601. */
  | { state: 'kept'; at: string }
  /** In this browser alone; `why` is a Chinese clause, empty without a connection. */
  | { state: 'here'; why: string };

const time = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
});

let current: AutosaveState = { state: 'none' };
const listeners = new Set<() => void>();

export function setAutosaveState(state: AutosaveState): void {
  current = state;
  for (const listener of listeners) listener();
}

function wordsOf(state: AutosaveState): string {
  if (state.state === 'kept') return `已自动保存 ${time.format(new Date(state.at))}`;
  if (state.state === 'here') return `${state.why || '没有连上'}，先记在这台电脑上`;
  return '';
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The state in the toolbar. */
export function AutosaveState(): ReactNode {
  const state = useSyncExternalStore(subscribe, () => current);
  return h('output', { className: 'portal-autosave', 'data-state': state.state }, wordsOf(state));
}
