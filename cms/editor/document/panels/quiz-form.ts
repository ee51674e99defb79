import type { Node } from 'prosemirror-model';
import { button, element, openDialog } from '../../dialogs/dialog.ts';
import { nodeType, schema } from '../model/schema.ts';
import { parseDocument } from '../source/parse.ts';
import { markdownOf } from '../source/serialize.ts';

/** A question as rows of options, with a button at the right one. The same form makes and changes it. */

interface Options {
  attributes: Readonly<Record<string, string>>;
  /** Markdown of the options and the explanation. */
  inner: string;
  isNew: boolean;
  submit: (attrs: { attributes: Record<string, string>; inner: string }) => void;
  closed: () => void;
}

/** Text of an option or an explanation: as it is read, or Markdown where there is more than text in it. */
interface Words {
  text: string;
  isMarkdown: boolean;
}

/** The options and the explanation that stand in a question. */
export function readQuiz(inner: string): { options: Words[]; explanation: Words; rest: boolean } {
  const { doc } = parseDocument(inner);
  const options: Words[] = [];
  const after: Node[] = [];
  let rest = false;
  doc.forEach((node, _, index) => {
    if (index === 0 && /_list$/.test(node.type.name))
      node.forEach((item) => {
        const [only] = [item.firstChild];
        if (item.childCount !== 1) rest = true;
        options.push(wordsOf(only ? [only] : []));
      });
    else if (node.textContent !== '' || node.type.name !== 'paragraph') after.push(node);
  });
  return { options, explanation: wordsOf(after), rest };
}

function wordsOf(nodes: readonly Node[]): Words {
  const plain = nodes.every((node) => {
    let isPlain = node.type.name === 'paragraph';
    node.forEach((child) => {
      if (!child.isText || child.marks.length > 0) isPlain = false;
    });
    return isPlain;
  });
  return plain
    ? { text: nodes.map(({ textContent }) => textContent).join('\n'), isMarkdown: false }
    : { text: nodes.map((node) => markdownOf(node)).join('\n\n'), isMarkdown: true };
}

const markdown = ({ text, isMarkdown }: Words): string =>
  isMarkdown
    ? text.trim()
    : text
        .split(/\n+/)
        .filter((line) => line.trim() !== '')
        .map((line) => markdownOf(nodeType('paragraph').create(null, schema.text(line.trim()))))
        .join('\n\n');

/** The Markdown of options and explanation. */
export const writeQuiz = (options: readonly Words[], explanation: Words): string =>
  [options.map((option) => `- ${markdown(option).replace(/\n/g, '\n  ')}`).join('\n'), markdown(explanation)]
    .filter((part) => part !== '')
    .join('\n\n');

const MOST_OPTIONS = 10;

interface Row extends Words {
  dom: HTMLElement;
  box: HTMLInputElement;
  right: HTMLInputElement;
}

export function openQuizForm({ attributes, inner, isNew, submit, closed }: Options): void {
  const known = readQuiz(inner);
  const form = element('form', '', 'portal-block-form');
  form.noValidate = true;
  const question = field('问题', element('input'), attributes.question ?? '');
  const explanation = field('答案的解释', element('textarea'), known.explanation.text);
  const list = element('div', '', 'portal-quiz-rows');
  list.setAttribute('role', 'radiogroup');
  list.setAttribute('aria-label', '选项，圆钮点在正确的一项上');
  const rows: Row[] = [];
  const problem = element('p', '', 'portal-problem');
  problem.setAttribute('role', 'alert');
  const add = (words: Words, isRight: boolean, focus = false) => {
    const row = optionRow(words, isRight, () => {
      rows.splice(rows.indexOf(row), 1);
      row.dom.remove();
      number();
    });
    row.box.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      const next = rows[rows.indexOf(row) + 1];
      if (next) next.box.focus();
      else if (row.box.value.trim() !== '' && rows.length < MOST_OPTIONS) add(EMPTY, false, true);
    });
    rows.push(row);
    list.append(row.dom);
    number();
    if (focus) row.box.focus();
  };
  const number = () => {
    for (const [index, { box, right }] of rows.entries()) {
      box.setAttribute('aria-label', `选项 ${index + 1}`);
      right.setAttribute('aria-label', `选项 ${index + 1} 是正确的`);
    }
  };
  const right = Number(attributes.answer ?? '0');
  const given = known.options.length > 0 ? known.options : [EMPTY, EMPTY, EMPTY];
  for (const [index, words] of given.entries()) add({ ...words }, index + 1 === right);
  const more = button('再加一个选项', () => add(EMPTY, false, true), 'plain');
  const foot = element('div', '', 'portal-buttons');
  foot.append(
    button('取消', () => dialog.close(), 'plain'),
    button(isNew ? '插入' : '改好了', undefined, 'main'),
  );
  form.append(
    question.row,
    element('p', '选项：圆钮点在正确的一项上。', 'portal-hint'),
    list,
    more,
    explanation.row,
    problem,
    foot,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const filled = rows.filter(({ box }) => box.value.trim() !== '');
    const answer = filled.findIndex((row) => row.right.checked) + 1;
    const fault =
      question.control.value.trim() === ''
        ? '请写问题'
        : filled.length < 2
          ? '请至少写两个选项'
          : answer === 0
            ? '请在正确的一项前面点圆钮'
            : '';
    problem.textContent = fault;
    if (fault) return;
    dialog.close();
    submit({
      attributes: { ...attributes, question: question.control.value.trim(), answer: String(answer) },
      inner: writeQuiz(
        filled.map(({ box, isMarkdown }) => ({ text: box.value, isMarkdown })),
        { text: explanation.control.value, isMarkdown: known.explanation.isMarkdown },
      ),
    });
  });
  const dialog = openDialog(isNew ? '插入问答' : '修改问答', 'portal-block', form);
  dialog.addEventListener('close', closed);
  question.control.focus();
}

const EMPTY: Words = { text: '', isMarkdown: false };

function field<Control extends HTMLInputElement | HTMLTextAreaElement>(
  label: string,
  control: Control,
  value: string,
) {
  const row = element('label', label, 'portal-field');
  control.value = value;
  row.append(control);
  return { row, control };
}

function optionRow(words: Words, isRight: boolean, remove: () => void): Row {
  const dom = element('div', '', 'portal-quiz-row');
  const right = element('input');
  right.type = 'radio';
  right.name = 'portal-quiz-right';
  right.checked = isRight;
  const box = element('input');
  box.value = words.text;
  dom.append(right, box, button('去掉', remove, 'plain'));
  return { ...words, dom, box, right };
}
