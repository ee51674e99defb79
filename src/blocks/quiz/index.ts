import { z } from 'zod';
import { defineBlock, escapeHtml } from '../../model/block.ts';
import { line } from '../../model/fields.ts';

/** Splits the children's HTML into the options of the first list and the explanation after it. */
export function splitOptions(html: string): { before: string; options: string[]; after: string } {
  const tag = /<(\/?)(ul|ol|li)\b[^>]*>/g;
  const options: string[] = [];
  let depth = 0;
  let listStart = -1;
  let itemStart = -1;
  for (const match of html.matchAll(tag)) {
    const end = match.index + match[0].length;
    const isItem = match[2] === 'li';
    if (match[1]) depth--;
    if (listStart < 0 && !match[1] && !isItem) listStart = match.index;
    else if (isItem && depth === 1) {
      if (match[1]) options.push(html.slice(itemStart, match.index).trim());
      else itemStart = end;
    }
    if (match[1] && !isItem && depth === 0)
      return { before: html.slice(0, listStart), options, after: html.slice(end) };
    if (!match[1]) depth++;
  }
  return { before: html, options: [], after: '' };
}

export const quiz = defineBlock({
  name: 'Quiz',
  label: '问答',
  description: '一道选择题：里面先写选项列表，再写答案解释。',
  placement: 'block',
  children: true,
  schema: z.strictObject({
    question: line({ label: '问题' }),
    answer: line({
      label: '正确选项',
      hint: '第几个选项是对的，从 1 数起。',
      pattern: [/^[1-9]\d?$/, '写正确选项是第几个，如 2'],
    }),
  }),
  render({ question, answer }, children) {
    const { before, options, after } = splitOptions(children);
    const right = Number(answer);
    const items = options.map(
      (option, index) => `<li${index + 1 === right ? ' data-right' : ''}>${option}</li>`,
    );
    const list = items.length > 0 ? `<ol class="block-quiz-options">${items.join('')}</ol>` : '';
    return `<quiz-card class="block-quiz"><p class="block-quiz-question">${escapeHtml(question)}</p>${before.trim()}${list}<details><summary>看答案</summary><p>正确答案：第 ${right} 项。</p>${after.trim()}</details></quiz-card>`;
  },
  check({ answer }, children) {
    const { options } = splitOptions(children);
    if (options.length === 0) return '选项要写成列表：每个选项一行，行首写「- 」';
    if (options.length === 1) return '只有一个选项；请再写几个，每个一行，行首写「- 」';
    if (Number(answer) <= options.length) return undefined;
    return `正确选项（answer）是第 ${answer} 项，可是只有 ${options.length} 个选项；请改成 1 到 ${options.length}`;
  },
  example: `<Quiz question="青贮窖里闷热难闻，应当怎么办？" answer="2">

- 马上下去看看
- 先通风，确认安全再进
- 点根蜡烛下去试试

窖内可能缺氧，也可能积了二氧化氮，人进去会突然昏倒。

</Quiz>`,
});
