import {
  type Comparison,
  type PicturePair,
  STATUS_LABELS,
  type Word,
} from '../../documents/compare/index.ts';
import { siteRoot } from '../client/address.ts';
import { element } from '../dialogs/dialog.ts';

/** A comparison of two texts of an entry, as the reading page of the desk shows it: only what differs. */

const MARKS = { added: 'ins', removed: 'del' } as const;

function wordsOf(words: readonly Word[]): HTMLElement {
  const text = element('p');
  for (const { text: part, kind } of words) text.append(kind === 'same' ? part : element(MARKS[kind], part));
  return text;
}

function picture(label: string, address: string | undefined): HTMLElement {
  const figure = element('figure');
  if (address) {
    const image = element('img');
    image.src = siteRoot + address.replace(/^\//, '');
    image.alt = '';
    figure.append(image);
  } else figure.append(element('p', '没有'));
  figure.append(element('figcaption', label));
  return figure;
}

function picturesOf(pairs: readonly PicturePair[]): HTMLElement[] {
  return pairs
    .filter(({ before, after }) => before !== after)
    .map(({ before, after }) => {
      const pair = element('div', '', 'portal-pictures');
      pair.append(picture('原来的图', before), picture('现在的图', after));
      return pair;
    });
}

/** Draws what differs. */
export function comparisonView({ fields, body, problem, isSame }: Comparison): HTMLElement {
  const view = element('div', '', 'portal-comparison');
  if (problem) view.append(element('p', problem, 'portal-problem'));
  if (isSame) {
    view.append(element('p', '文字没有差别。'));
    return view;
  }
  const item = (label: string, words: readonly Word[], pictures: readonly PicturePair[]) => {
    const part = element('div', '', 'portal-change');
    part.append(
      element('small', label),
      ...(pictures.length > 0 && label.endsWith('图片') ? [] : [wordsOf(words)]),
    );
    part.append(...picturesOf(pictures));
    view.append(part);
  };
  for (const { label, status, words, pictures } of fields)
    if (status !== 'same') item(`${STATUS_LABELS[status]}　${label}`, words, pictures);
  for (const { status, words, pictures } of body)
    if (status !== 'same') item(`${STATUS_LABELS[status]}　正文`, words, pictures);
  return view;
}
