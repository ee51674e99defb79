import { isSafeAddress } from '../../model/block.ts';
import { writeDestination } from '../source/addresses.ts';
import type { Edit } from '../source/edits.ts';
import { endOfLabel, type Source } from '../source/masked.ts';
import type { SyntaxNode } from '../source/parser.ts';
import type { Report } from '../source/report.ts';
import { endOfLine } from '../source/offsets.ts';

/** What Markdown allows and a page of this site must not have: its own title level, unsafe addresses, outside pictures. */

/** Headings start at level 2 (the page's title is level 1), `import` is a word, a rule at the top is no front matter. */
export function guardStructure({ text, tree }: Source, edits: Edit[], report: Report) {
  const headings = tree.nodes.filter((node) => node.type === 'heading');
  const shift = headings.some((node) => node.depth === 1);
  for (const node of headings) {
    if (!shift || (node.depth ?? 1) >= 6) continue;
    if (text[node.start] === '#') edits.push({ start: node.start, end: node.start, text: '#' });
    else if (node.depth === 1) {
      const line = text.lastIndexOf('\n', node.end - 1) + 1;
      for (let at = line; at < node.end; at++)
        if (text[at] === '=') edits.push({ start: at, end: at + 1, text: '-' });
    }
  }
  for (const node of tree.nodes) {
    if (node.parent?.type !== 'root') continue;
    const isLineStart = node.start === 0 || text[node.start - 1] === '\n';
    if (!isLineStart || !/^(import|export)(?![A-Za-z0-9_])/.test(text.slice(node.start, node.start + 8)))
      continue;
    if (
      /^(import|export)[ \t].*(\bfrom\b|[={(;]|["'])/.test(
        text.slice(node.start, endOfLine(text, node.start)),
      )
    )
      report('warning', node.start, 'import 和 export 不会运行，已按文字显示');
    edits.push({ start: node.start, end: node.start, text: ' ' });
  }
  const first = tree.nodes[1];
  if (first?.type === 'thematicBreak' && first.start === 0 && text.startsWith('---'))
    edits.push({ start: 0, end: endOfLine(text, 0), text: '***' });
  if (text.startsWith('+++')) edits.push({ start: 0, end: 0, text: '\\' });
}

const isExternal = (address: string) => /^(https?:)?\/\//i.test(address);

/** Links and pictures that could run or that load from elsewhere. */
export function guardAddresses({ text, tree }: Source, edits: Edit[], report: Report) {
  const definitions = new Map<string, string>();
  for (const node of tree.nodes)
    if (node.type === 'definition' && !definitions.has(node.identifier ?? ''))
      definitions.set(node.identifier ?? '', node.url ?? '');

  for (const node of tree.nodes) {
    if (/^(link|image|definition)$/.test(node.type) && completeAddress(text, node, edits)) continue;
    if (node.type === 'link' && text[node.start] === '[' && !isSafeAddress(node.url ?? '')) {
      report(
        'warning',
        node.start,
        `链接地址「${shorten(node.url)}」不能用，已按文字显示；请写 https:// 开头的网址`,
      );
      edits.push({ start: node.start, end: node.start, text: '\\' });
    }
  }
  for (const node of tree.nodes)
    if (node.type === 'image' || node.type === 'imageReference')
      guardPicture(text, node, node.url ?? definitions.get(node.identifier ?? '') ?? '', edits, report);
}

/** `//host/page` takes the scheme of the page that it stands on; a file on its own has none, so `https:` is written. */
function completeAddress(text: string, node: SyntaxNode, edits: Edit[]): boolean {
  if (!node.url?.startsWith('//')) return false;
  const from = node.type === 'image' ? endOfLabel(text, node) : (node.children.at(-1)?.end ?? node.start);
  const at = text.indexOf(node.url, from);
  if (at < 0 || at >= node.end) return false;
  edits.push({ start: at, end: at, text: 'https:' });
  return true;
}

function guardPicture(text: string, node: SyntaxNode, address: string, edits: Edit[], report: Report) {
  const alt = (node.alt ?? '').trim();
  if (isExternal(address)) {
    report('warning', node.start, '外站图片不会显示，已改成链接；请下载后上传到本站，再插入');
    const link = linkAround(node);
    if (link) {
      const labelEnd = endOfLabel(text, node);
      edits.push({ start: node.start, end: node.start + 2, text: alt === '' ? '图片' : '' });
      edits.push({ start: labelEnd, end: node.end, text: '' });
      if (node.type === 'image')
        edits.push({ start: link.end, end: link.end, text: ` [原图](${writeDestination(address)})` });
    } else if (alt === '' && node.type === 'image')
      edits.push({ start: node.start, end: node.start + 2, text: '[图片' });
    else edits.push({ start: node.start, end: node.start + 1, text: '' });
    return;
  }
  if (!isSafeAddress(address)) {
    report('warning', node.start, `图片地址「${shorten(address)}」不能用；请把图片上传到本站，再插入`);
    const shown = (node.alt ?? '').replace(/[!-/:-@[-`{-~]/g, '\\$&').replace(/\s+/g, ' ');
    if (node.type === 'image') edits.push({ start: node.start, end: node.end, text: shown });
    return;
  }
  if (alt === '')
    report('error', node.start, '图片没有替代文字；请在方括号里写明图里画了什么，如 ![大篷车](…)');
}

/** The link that a picture stands in. No link can stand in it: of the picture only its description stays there. */
function linkAround(node: SyntaxNode): SyntaxNode | undefined {
  let link = node.parent;
  while (link && !/^link/.test(link.type)) link = link.parent;
  return link;
}

/** An address as a message quotes it. */
export const shorten = (address = '') => (address.length > 40 ? `${address.slice(0, 40)}…` : address);
