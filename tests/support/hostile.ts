import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { z } from 'zod';
import { readEntry } from '../../src/model/entry.ts';
import { elementOf, metaOf, shapeOf } from '../../src/model/schema.ts';
import type { ContentType } from '../../src/model/type.ts';
import { types } from '../../src/types/index.ts';

/** Entries with an XSS payload in every field that accepts it, generated from the content types. */

/** The function that must never be called. */
export const TRAP = 'zzz';

/** The shortest first-most: each field gets the first one that its schema takes. */
const WORDS = [
  `"><img src=x onerror=${TRAP}()><script>${TRAP}()</script>'`,
  `"><img src=x onerror=${TRAP}()>`,
  `'"><svg onload=${TRAP}()>`,
  `<a onclick=${TRAP}()>`,
];
const LINKS = [
  `javascript:${TRAP}()`,
  `https://example.com/"onmouseover="${TRAP}()`,
  `//example.com/'><img src=x onerror=${TRAP}()>`,
  `/x"onfocus="${TRAP}()"autofocus="`,
];

const BODY = [
  `<script>${TRAP}()</script>`,
  `<img src="x" onerror="${TRAP}()" />`,
  `[链接](javascript:${TRAP}()) [链接](JaVa\tScript:${TRAP}()) [链接](&#106;avascript:${TRAP}()) <javascript:${TRAP}()>`,
  `![图](javascript:${TRAP}() "\\" onerror=${TRAP}() ")`,
  `{${TRAP}()} {globalThis.${TRAP}?.()}`,
  `export const x = ${TRAP}();`,
  `<iframe srcdoc="<script>parent.${TRAP}()</script>"></iframe> <object data="data:text/html,<script>${TRAP}()</script>"></object>`,
  `<a href="data:text/html;base64,PHNjcmlwdD56enooKTwvc2NyaXB0Pg==">数据</a>`,
  `<svg><a xlink:href="javascript:${TRAP}()"><text>图</text></a><animate onbegin="${TRAP}()" attributeName="x" /></svg>`,
  `<math><mtext></form><form><mglyph><style></math><img src onerror=${TRAP}()>`,
  `<Callout type="tip" title="&quot;><img src=x onerror=${TRAP}()>">\n\n<img src=x onerror=${TRAP}()>\n\n</Callout>`,
  `<Term name={${TRAP}()} meaning="'><img src=x onerror=${TRAP}()>" />`,
  `\`\`\`html title="<img src=x onerror=${TRAP}()>"\n</code></pre><script>${TRAP}()</script>\n\`\`\``,
  `$\\href{javascript:${TRAP}()}{x}$ 和 $</math><img src=x onerror=${TRAP}()>$`,
  `## <img src=x onerror=${TRAP}()> {#a"onclick="${TRAP}()}`,
  `脚注[^x]\n\n[^x]: <img src=x onerror=${TRAP}()>`,
];

type Data = Record<string, unknown>;

export interface HostileEntry {
  type: ContentType;
  slug: string;
  /** `content/<type>/<slug>.<format>` */
  path: string;
  text: string;
  /** Fields that hold a program now. */
  fields: string[];
}

/** One hostile entry of each type, from the first entry of a content folder; its slug ends in `-hostile`. */
export function hostileEntries(content: string): HostileEntry[] {
  return types.flatMap((type) => {
    const folder = join(content, type.name);
    const files = readdirSync(folder)
      .filter((file) => file.endsWith(`.${type.format}`))
      .sort();
    for (const file of files) {
      const source = readFileSync(join(folder, file), 'utf8');
      const before = readEntry(type.schema, file, source, type.format);
      if (before.data) return [poisoned(type, file, source)];
    }
    throw new Error(`${folder} 里没有一条读得懂的内容`);
  });
}

function poisoned(type: ContentType, file: string, source: string): HostileEntry {
  const yaml = type.format === 'yaml' ? source : (/^---\n([\s\S]*?)\n---/.exec(source)?.[1] ?? '');
  const data = parse(yaml) as Data;
  const write = () => (type.format === 'yaml' ? stringify(data) : `---\n${stringify(data)}---\n`);
  const fits = () =>
    readEntry(type.schema, file, write(), type.format).problems.every(({ severity }) => severity !== 'error');
  // Pictures that the folder does not have would keep the entry from being published.
  for (const [key, value] of Object.entries(data)) {
    if (!JSON.stringify(value).includes('/uploads/')) continue;
    delete data[key];
    if (!fits()) data[key] = value;
  }
  const fields: string[] = [];
  if ('uid' in data) data.uid = `${type.name}-hostile@example.gov.cn`;

  /** Puts words into one place of `holder`, when the schema takes them. */
  const poison = (holder: Data, key: string, schema: z.ZodType, name: string): void => {
    const meta = metaOf(schema);
    const element = elementOf(schema);
    if (element) {
      const item = (Array.isArray(holder[key]) ? holder[key][0] : undefined) ?? emptyOf(element);
      if (item === undefined) return;
      const had = holder[key];
      const list = [item];
      holder[key] = list;
      if (typeof item === 'object')
        for (const [part, inner] of Object.entries(shapeOf(element)))
          poison(item as Data, part, inner, `${name}.${part}`);
      else poison(list as unknown as Data, '0', element, `${name}[]`);
      if (!fits()) restore(holder, key, had);
      return;
    }
    const shape = Object.entries(shapeOf(schema));
    if (shape.length > 0) {
      const had = holder[key];
      holder[key] = typeof had === 'object' && had ? had : {};
      for (const [part, inner] of shape) poison(holder[key] as Data, part, inner, `${name}.${part}`);
      if (!fits()) restore(holder, key, had);
      return;
    }
    if (!meta || !['string', 'text', 'image', 'file', 'uid'].includes(meta.widget)) return;
    const had = holder[key];
    for (const words of [...WORDS, ...LINKS]) {
      holder[key] = words;
      if (!fits()) continue;
      fields.push(name);
      return;
    }
    restore(holder, key, had);
  };
  for (const [key, schema] of Object.entries(shapeOf(type.schema))) poison(data, key, schema, key);
  const body = type.format === 'mdx' ? `\n${BODY.join('\n\n')}\n` : '';
  const slug = `${file.replace(/\.\w+$/, '')}-hostile`;
  return { type, slug, path: `content/${type.name}/${slug}.${type.format}`, text: write() + body, fields };
}

function restore(holder: Data, key: string, value: unknown): void {
  if (value === undefined) delete holder[key];
  else holder[key] = value;
}

/** An item to begin with; undefined where it cannot be made up. */
function emptyOf(element: z.ZodType): unknown {
  const shape = Object.entries(shapeOf(element));
  if (shape.length > 0)
    return Object.fromEntries(
      shape.flatMap(([key, inner]) => {
        const value = emptyOf(inner);
        return value === undefined ? [] : [[key, value]];
      }),
    );
  const meta = metaOf(element);
  // Of the fields that an event's history may name, the first are times, which take no words.
  if (meta?.options) return Object.keys(meta.options).at(-1);
  if (meta?.widget === 'number') return 1;
  if (meta?.widget === 'date') return '2026-11-01';
  if (meta?.widget === 'datetime') return '2026-11-01T09:00';
  return meta?.widget === 'string' || meta?.widget === 'text' ? '文字' : undefined;
}
