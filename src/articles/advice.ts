import { splitOptions } from '../blocks/quiz/index.ts';
import type { Body } from '../body/index.ts';
import { plainText } from '../body/render.ts';

/** What an article advises, short enough for a sheet of paper that is read standing. */

/** Longer advice is cut after a sentence. In characters. */
const LONGEST = 80;

const listFrom = (html: string, marker: string): string[] => {
  const start = html.indexOf(marker);
  return start < 0 ? [] : splitOptions(html.slice(start)).options.map(plainText);
};

/** Texts of the steps in a body's first step list. */
export const stepsOf = (html: string): string[] => listFrom(html, '<div class="block-steps">');

/** A body's first check list, else its first steps, else its headings. */
export function adviceOf({ html, headings }: Pick<Body, 'html' | 'headings'>): string[] {
  const lists = [listFrom(html, '<ul class="contains-task-list">'), stepsOf(html)];
  const found = lists.find((items) => items.length > 0);
  return found?.map(firstSentences) ?? headings.filter(({ depth }) => depth === 2).map(({ text }) => text);
}

/** The first sentences of a text, as many as fit into `LONGEST`, at least one. */
export function firstSentences(text: string): string {
  const sentences = text.replace(/\s*\n\s*/g, ' ').match(/[^。！？；]+(?:[。！？；][”」）]*|$)/g) ?? [];
  let kept = '';
  for (const sentence of sentences) {
    if (kept && kept.length + sentence.length > LONGEST) break;
    kept += sentence;
  }
  return kept.replace(/；$/, '。').trim();
}
