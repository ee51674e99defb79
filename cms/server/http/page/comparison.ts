import { html } from 'hono/html';
import {
  type Comparison,
  type PicturePair,
  STATUS_LABELS,
  type Word,
} from '../../../documents/compare/index.ts';
import type { Markup } from './index.ts';

/** A comparison as the pages of the server draw it; it needs neither scripts nor colour. */

/** What has changed in a text: taken out struck through, put in underlined, both with words for screen readers. */
export const wordsOf = (words: readonly Word[]): Markup[] =>
  words.map(({ text, kind }) => {
    if (kind === 'removed') return html`<del><span class="visually-hidden">删去：</span>${text}</del>`;
    if (kind === 'added') return html`<ins><span class="visually-hidden">加上：</span>${text}</ins>`;
    return html`${text}`;
  });

/** Only what stays: for a text that is new as a whole, where nothing needs a mark. */
export const plainWords = (words: readonly Word[]): string =>
  words
    .filter(({ kind }) => kind !== 'removed')
    .map(({ text }) => text)
    .join('');

export const statusTag = (status: Comparison['body'][number]['status']): Markup =>
  status === 'same' ? html`` : html`<span class="tag">${STATUS_LABELS[status]}</span> `;

/** Only uploads of this site are shown. */
const isUpload = (address: string) => /^\/?uploads\/[\w./-]+$/.test(address) && !address.includes('..');

/** Pictures before and now side by side. */
export function picturesOf(pairs: readonly PicturePair[], root: string, isCompared = true): Markup {
  if (pairs.length === 0) return html``;
  const one = (label: string, address: string | undefined) =>
    html`<figure>
      ${
        address === undefined
          ? html`<p class="muted">没有</p>`
          : isUpload(address)
            ? html`<img src="${root}${address.replace(/^\//, '')}" alt="" loading="lazy" />`
            : html`<p>${address}</p>`
      }
      <figcaption>${label}</figcaption>
    </figure>`;
  return html`${pairs.map(({ before, after }) =>
    before === after || !isCompared
      ? html`<div class="pictures">${one('图片', after)}</div>`
      : html`<div class="pictures">${one('原来的图', before)} ${one('现在的图', after)}</div>`,
  )}`;
}
