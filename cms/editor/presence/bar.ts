import { button, element } from '../dialogs/dialog.ts';
import { agoText } from './ago.ts';

/** The bar that says who is editing, above the page. */

export interface PresenceBar {
  kind: 'busy' | 'free' | 'taken';
  words: string;
  /** When the other person last typed, ISO 8601. */
  since?: string | undefined;
  actions: { label: string; run: () => void }[];
}

const bar = element('section', '', 'portal-presence');
bar.setAttribute('aria-label', '谁在编辑');
const words = element('p');
words.setAttribute('role', 'status');
const actions = element('div', '', 'portal-actions');
bar.append(words, actions);

/** Shows the bar, or takes it away. */
export function showPresenceBar(shown: PresenceBar | undefined): void {
  if (!shown) {
    bar.remove();
    return;
  }
  bar.dataset.kind = shown.kind;
  const text = shown.since
    ? `${shown.words}（${agoText(shown.since)}）。你可以先看，不能改；可以写的时候这里会说。`
    : shown.words;
  // The same words again would be read out again.
  if (words.textContent !== text) words.textContent = text;
  const labels = shown.actions.map(({ label }) => label).join();
  if (bar.dataset.labels !== labels) {
    actions.replaceChildren(...shown.actions.map(({ label, run }) => button(label, run)));
    bar.dataset.labels = labels;
  }
  if (!bar.isConnected) document.body.append(bar);
}
