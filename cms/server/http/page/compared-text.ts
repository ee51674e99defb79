import { html } from 'hono/html';
import type { Comparison, FieldChange, Paragraph } from '../../../documents/compare/index.ts';
import { IN_BODY } from '../../../protocol/comments.ts';
import { picturesOf, plainWords, statusTag, wordsOf } from './comparison.ts';
import type { Markup } from './index.ts';

/** A whole text with what has changed in it marked, paragraph by paragraph; long unchanged parts are folded. */

/** Unchanged paragraphs in a row, from which on they are folded. */
const LEAST_FOLDED = 4;

export interface TextParts {
  comparison: Comparison;
  /** Whether there was something before: then changes are marked. */
  isCompared: boolean;
  root: string;
  /** What stands below a paragraph or field: its comments, a form. Its index counts what is there now. */
  below?: (place: { field: string; text: string; index: number }) => Markup;
  /** Whether something below must be seen, so that it is not folded. */
  isBusy?: (index: number) => boolean;
}

interface Item {
  drawn: Markup;
  isFolded: boolean;
}

/** Fields and body. */
export function comparedText(parts: TextParts): Markup {
  const { comparison, isCompared, isBusy = () => false } = parts;
  let index = 0;
  const next = (status: Paragraph['status']) => (status === 'removed' ? undefined : index++);
  const item = (status: Paragraph['status'], draw: (at: number | undefined) => Markup): Item => {
    const at = next(status);
    const isFolded = isCompared && status === 'same' && !(at !== undefined && isBusy(at));
    return { drawn: draw(at), isFolded };
  };
  const fields = comparison.fields.map((field) => ({
    name: field.name,
    ...item(field.status, (at) => fieldOf(field, at, parts)),
  }));
  const body = comparison.body.map((paragraph) =>
    item(paragraph.status, (at) => paragraphOf(paragraph, at, parts)),
  );
  const problem = comparison.problem && html`<p class="problem">${comparison.problem}</p>`;
  const text = body.length > 0 && html`<div class="reading">${folded(body, '段没有改', LEAST_FOLDED)}</div>`;
  if (isCompared) {
    const inOrder = [...fields.filter((one) => !one.isFolded), ...fields.filter((one) => one.isFolded)];
    return html`${problem}
      <div class="fields">${folded(inOrder, '项没有改', 1)}</div>
      ${text}`;
  }
  // As a reader meets it: what it is about, the text, then what stands around it.
  const isFirst = ({ name }: { name: string }) => body.length === 0 || LEADING.has(name);
  const around = fields.filter((one) => !isFirst(one));
  return html`${problem}
    <div class="fields">${fields.filter(isFirst).map(({ drawn }) => drawn)}</div>
    ${text}
    ${
      around.length > 0 &&
      html`<details class="unchanged" ${comparison.fields.some((_field, at) => isBusy(at)) && html`open`}>
        <summary>另外 ${around.length} 项（作者、日期、出处等）</summary>
        <div class="fields">${around.map(({ drawn }) => drawn)}</div>
      </details>`
    }`;
}

/** Fields that stand before the body of a new text. */
const LEADING: ReadonlySet<string> = new Set(['title', 'name', 'summary', 'start', 'end', 'place']);

function folded(items: readonly Item[], what: string, least: number): Markup[] {
  const drawn: Markup[] = [];
  for (let at = 0; at < items.length;) {
    let end = at;
    while (end < items.length && items[end]?.isFolded) end++;
    const run = items.slice(at, Math.max(end, at + 1)).map((one) => one.drawn);
    if (end - at >= least)
      drawn.push(
        html`<details class="unchanged">
          <summary>…… ${run.length} ${what} ……</summary>
          ${run}
        </details>`,
      );
    else drawn.push(...run);
    at += run.length;
  }
  return drawn;
}

const shown = ({ words, status }: FieldChange | Paragraph, isCompared: boolean) =>
  isCompared && status !== 'same' ? wordsOf(words) : plainWords(words);

function fieldOf(field: FieldChange, at: number | undefined, { isCompared, root, below }: TextParts): Markup {
  const { name, label, status, text, pictures } = field;
  const isPicture = pictures.length > 0;
  return html`<div class="field ${isCompared && status}">
    <h3>${isCompared && statusTag(status)}${label}</h3>
    ${isPicture ? picturesOf(pictures, root, isCompared) : html`<p>${shown(field, isCompared)}</p>`}
    ${at !== undefined && below?.({ field: name, text, index: at })}
  </div>`;
}

function paragraphOf(
  paragraph: Paragraph,
  at: number | undefined,
  { isCompared, root, below }: TextParts,
): Markup {
  const { status, text, level, pictures } = paragraph;
  const inside = html`${isCompared && statusTag(status)}${shown(paragraph, isCompared)}`;
  return html`<div class="paragraph ${isCompared && status}">
    ${level > 0 ? html`<h4>${inside}</h4>` : html`<p>${inside}</p>`} ${picturesOf(pictures, root, isCompared)}
    ${at !== undefined && below?.({ field: IN_BODY, text, index: at })}
  </div>`;
}
