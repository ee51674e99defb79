import { blockNamed, blocks } from '../../blocks/index.ts';
import { nearest } from '../../model/problems.ts';
import { shapeOf } from '../../model/schema.ts';
import type { Edit } from '../source/edits.ts';
import { writeLink } from '../source/addresses.ts';
import { inlineElement } from '../source/inline-html.ts';
import { isAnchor, type Source } from '../source/masked.ts';
import type { Report } from '../source/report.ts';
import { readTag, type Tag } from '../source/tags.ts';
import { isEscaped } from '../source/offsets.ts';

/** What looks like a program is text, and says so. */

const RUNNING_TAGS =
  /^(script|iframe|object|embed|style|link|meta|base|form|input|button|svg|math|video|audio|frame|applet)$/i;

/** Escapes every `<` and `{` that is text. */
export function escapeText(source: Source, kept: ReadonlyMap<number, Tag>, edits: Edit[], report: Report) {
  const { text, code } = source;
  const autolinks = new Map(source.autolinks.map((link) => [link.start, link]));
  const skip = new Map<number, number>([...kept].map(([start, tag]) => [start, tag.end]));
  for (const edit of edits) if (edit.text === '' && edit.end > edit.start) skip.set(edit.start, edit.end);
  const angles = angleDestinations(source);

  const protect = (at: number) => edits.push({ start: at, end: at, text: '\\' });

  for (let at = 0; at < text.length; at++) {
    const end = skip.get(at);
    if (end !== undefined) {
      at = end - 1;
      continue;
    }
    const character = text[at];
    if ((character !== '<' && character !== '{') || code[at] || isEscaped(text, at)) continue;
    if (character === '{') {
      if (/^\{\s*(\/\*|[A-Za-z_$][\w$]*[.([])/.test(text.slice(at, at + 60)))
        report('warning', at, '花括号里的程序不会运行，已按文字显示');
      protect(at);
      continue;
    }
    if (angles.has(at)) continue;
    const link = autolinks.get(at);
    if (link) {
      edits.push({ start: at, end: link.end, text: writeLink(link.address) });
      at = link.end - 1;
      continue;
    }
    protect(at);
    explainTag(text, at, report);
  }
}

/** Says why something that looks like a tag is shown as text. */
function explainTag(text: string, at: number, report: Report) {
  if (text.startsWith('<!--', at)) {
    report('warning', at, '网页注释会原样显示给读者；不想让人看到的话请删去');
    return;
  }
  const tag = readTag(text, at);
  if (!tag || tag.kind === 'close' || blockNamed(tag.name)?.placement === 'block') return;
  if (blockNamed(tag.name)) {
    report('error', at, `<${tag.name}> 要写成 <${tag.name} … />，属性值写在引号里`);
    return;
  }
  if (isAnchor(tag)) {
    const advice = '链接要写成 [文字](https://…)，地址不能空着，里面不能再有链接';
    report('warning', at, `网页代码 <a> 已按文字显示；${advice}`);
    return;
  }
  if (inlineElement(tag.name)) {
    report('warning', at, `<${tag.name}> 没有在同一段里结束，已按文字显示`);
    return;
  }
  if (RUNNING_TAGS.test(tag.name)) {
    report('warning', at, `网页代码 <${tag.name}> 不会运行，已按文字显示`);
    return;
  }
  if (!/^[A-Z]/.test(tag.name)) {
    report('warning', at, `网页代码 <${tag.name}> 已按文字显示；请改用 Markdown 写法或内容块`);
    return;
  }
  const near = blockNamed(
    nearest(
      tag.name,
      blocks.map((block) => block.name),
    ) ?? '',
  );
  const attributes = near && Object.keys(shapeOf(near.schema)).join('、');
  const advice = near
    ? `是不是 <${near.name}>（${near.label}）？它的属性：${attributes || '无'}`
    : `可用的内容块：${blocks.map((block) => block.name).join('、')}`;
  report('error', at, `没有叫 <${tag.name}> 的内容块，已按文字显示。${advice}`);
}

/** Offsets of the `<` in `[text](<address with spaces>)`. */
function angleDestinations({ text, masked, tree }: Source): Set<number> {
  const found = new Set<number>();
  for (const node of tree.nodes) {
    if (node.type !== 'link' && node.type !== 'image') continue;
    const from = Math.max(node.start, ...node.children.map((child) => child.end));
    const at = masked.indexOf('](<', Math.max(node.start, from - 1));
    if (at >= 0 && at < node.end && text[at + 2] === '<') found.add(at + 2);
  }
  return found;
}
