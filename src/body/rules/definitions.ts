import { isSafeAddress } from '../../model/block.ts';
import type { Edit } from '../source/edits.ts';
import { shorten } from './guard.ts';
import { type Source, WORDS } from '../source/masked.ts';
import type { SyntaxNode } from '../source/parser.ts';
import type { Report } from '../source/report.ts';
import { isEscaped } from '../source/offsets.ts';

/** `[label]: address` and `[^1]: note`: Markdown shows neither where it stands, so what nothing uses would vanish. */

/** Makes text of every definition that nothing uses, that repeats another, or that gives no address. */
export function revealDefinitions({ text, tree }: Source, edits: Edit[], report: Report) {
  const linked = new Set(
    tree.nodes.filter(({ type }) => /^(link|image)Reference$/.test(type)).map((node) => node.identifier),
  );
  const noted = reachableNotes(tree.nodes);
  const seen = new Set<string>();
  for (const node of tree.nodes) {
    const isNote = node.type === 'footnoteDefinition';
    if (!isNote && node.type !== 'definition') continue;
    const key = `${node.type}:${node.identifier}`;
    const isSecond = seen.has(key);
    const isNeeded = isNote
      ? noted.has(node.identifier)
      : linked.has(node.identifier) && isAddress(text.slice(node.start, node.end), node.url);
    if (isNeeded && !isSecond) {
      seen.add(key);
      continue;
    }
    const followsLine = isNote && text[node.start - 1] === '\n' && text[node.start - 2] !== '\n';
    edits.push({ start: node.start, end: node.start, text: followsLine ? '\n\\' : '\\' });
    if (isNote) report('warning', node.start, describeSpareNote(node, isSecond));
    else if (!isSafeAddress((node.url ?? '').replace(/^\/\//, 'https://')))
      report(
        'warning',
        node.start,
        `链接地址「${shorten(node.url)}」不能用，已按文字显示；请写 https:// 开头的网址`,
      );
  }
}

const describeSpareNote = ({ label, identifier }: SyntaxNode, isSecond: boolean) =>
  isSecond
    ? `脚注 [^${label ?? identifier}] 写了两次，这一条已按文字显示；请换一个编号`
    : `正文里没有地方用到脚注 [^${label ?? identifier}]，已按文字显示；请在正文里加上 [^${label ?? identifier}]，或者删去这一条`;

/** Whether `[label]: …` gives an address that a link may have, rather than an explanation: `[注]: 说明` is prose. */
function isAddress(definition: string, url = ''): boolean {
  if (!isSafeAddress(url.replace(/^\/\//, 'https://'))) return false;
  if (/^(?:[a-z]+:|\/|#|\?|\.{1,2}\/)/i.test(url) || /\]:\s*</.test(definition)) return true;
  return /^[!-~]*[./#][!-~]*$/.test(url) || /^[^\s，。；：、！？]*\.[a-z\d]{2,5}(?:[?#].*)?$/i.test(url);
}

/** References to footnotes that do not exist stay `[^2]` on the page. `[^0-9]` is a set of characters, no footnote. */
export function reportMissingNotes({ text, words }: Source, report: Report) {
  for (const { 0: reference, 1: label = '', index } of text.matchAll(/\[\^([\p{L}\p{N}_-]{1,40})\](?!:)/gu)) {
    if (
      words[index] === WORDS.none ||
      isEscaped(text, index) ||
      /^(?:[\p{L}\p{N}]-[\p{L}\p{N}])+$/u.test(label)
    )
      continue;
    report(
      'error',
      index,
      `没有写脚注 ${reference} 的内容；请在文末另起一行写「${reference}: 说明」，或者删去 ${reference}`,
    );
  }
}

/** Identifiers of the footnotes that are reached from the text, directly or through another footnote. */
function reachableNotes(nodes: readonly SyntaxNode[]): Set<string | undefined> {
  const byOwner = new Map<string | undefined, (string | undefined)[]>();
  for (const node of nodes) {
    if (node.type !== 'footnoteReference') continue;
    let owner: SyntaxNode | undefined = node.parent;
    while (owner && owner.type !== 'footnoteDefinition') owner = owner.parent;
    const key = owner?.identifier;
    byOwner.set(key, [...(byOwner.get(key) ?? []), node.identifier]);
  }
  const reached = new Set<string | undefined>();
  const waiting = [...(byOwner.get(undefined) ?? [])];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    waiting.push(...(byOwner.get(id) ?? []));
  }
  return reached;
}
