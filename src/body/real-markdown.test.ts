import { readdirSync, readFileSync } from 'node:fs';
import { htmlToHast } from 'satteri';
import { expect, test } from 'vitest';
import { normalizeBody, renderBody } from './index.ts';

/** Markdown written by other projects: the manuals of every installed package, well over a thousand files. */
const files = readdirSync('node_modules', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(md|markdown)$/i.test(name))
  .sort();

const bodyOf = (name: string) =>
  readFileSync(`node_modules/${name}`, 'utf8').replace(/^\uFEFF?---\r?\n[\s\S]*?\n---\r?\n/, '');

/**
 * Words that are not shown as such: labels of references and notes, character references, fence attributes, `<strike>`,
 * which becomes `<del>`, and how a link typed as `<a>` opens.
 */
const withoutLabels = (source: string) =>
  source
    .replace(/<a\s[^>]*>/gi, (tag) =>
      [...tag.matchAll(/\s(?:href|title|alt|aria-label)=("[^"]*"|'[^']*'|[^\s>]+)/gi), ['', '']]
        .map(([, value]) => ` ${value} `)
        .join(''),
    )
    .replace(/\][ \n]?\[[^\]]*\]/g, '] ')
    .replace(/^[ >\t]*\[[^\]]+\]:/gm, ' ')
    .replace(/\[\^[^\]]+\]/g, ' ')
    .replace(/&#?\w+;/g, ' ')
    .replace(/<\/?strike>/g, ' ')
    .replace(/^([ >\t]*(?:```|~~~)\S*)[ \t]+(?:[\w-]+=.*)$/gm, '$1');

const wordsOf = (text: string) => text.match(/\p{L}{3,}/gu) ?? [];

test('一千多份真实的 Markdown 全部能显示，什么也不运行，什么字也不丢', () => {
  expect(files.length).toBeGreaterThan(1000);
  const faults: string[] = [];
  const tooLong: string[] = [];
  for (const name of files) {
    const source = bodyOf(name);
    const { html, text, problems } = renderBody(source);
    for (const { message, line, severity } of problems)
      if (/超过了/.test(message) && severity === 'error' && line) tooLong.push(name);
      else if (/读不懂|套了/.test(message)) faults.push(`${name} 第 ${line} 行：${message}`);
    const normalized = normalizeBody(source);
    if (normalizeBody(normalized) !== normalized) faults.push(`${name}：规整两次结果不同`);
    const shown = `${text} ${html} ${decodeURIComponentSafely(html)}`.replace(/\s+/g, ' ');
    const glued = shown.replace(/\s/g, '');
    for (const word of new Set(wordsOf(withoutLabels(source))))
      if (!shown.includes(word) && !glued.includes(word)) faults.push(`${name}：丢了「${word}」`);
    if (runs(html)) faults.push(`${name}：有能运行的东西`);
  }
  expect(faults).toEqual([]);
  expect(tooLong.length).toBeLessThan(20);
});

function decodeURIComponentSafely(html: string) {
  return html.replace(/(?:%[0-9A-F]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes);
    } catch {
      return bytes;
    }
  });
}

function runs(html: string): boolean {
  const stack: unknown[] = [htmlToHast(html, { fragment: true })];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const {
      tagName,
      properties = {},
      children = [],
    } = node as {
      tagName?: string;
      properties?: Record<string, unknown>;
      children?: unknown[];
    };
    if (/^(script|iframe|object|embed|style|link|form|svg|base)$/.test(tagName ?? '')) return true;
    for (const [name, value] of Object.entries(properties)) {
      if (/^on/i.test(name)) return true;
      if (/^(href|src)$/.test(name) && /^\s*(javascript|data|vbscript):/i.test(String(value))) return true;
      if (name === 'src' && /^(https?:)?\/\//i.test(String(value))) return true;
    }
    stack.push(...children);
  }
  return false;
}
