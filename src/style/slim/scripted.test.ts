import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ADDITIONS } from './scripted.ts';

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '');

/** Scripts of pages: those that define an element, with the files of the same folder that they may use. */
const scripts = globSync('src/**/*.ts')
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => ({ file: file.replaceAll('\\', '/'), text: withoutComments(readFileSync(file, 'utf8')) }))
  .filter(({ text }) => /\bdocument\.|HTMLElement\b/.test(text));

/** Elements and classes that a script makes; markup in texts counts as well. */
function madeBy(text: string): string[] {
  const found = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name);
  const elements = [
    ...found(/createElement\('([a-z][a-z0-9-]*)'/g),
    ...found(/\belement\(\s*'([a-z][a-z0-9-]*)'/g),
    ...found(/['`]<([a-z][a-z0-9-]*)[ >]/g),
  ];
  const classes = [
    ...found(/className = '([^']+)'/g),
    ...found(/class(?:: '|=")([^'"]+)['"]/g),
    ...found(/classList\.(?:add|toggle)\('([^']+)'/g),
  ].flatMap((list) => list.split(' '));
  return [...elements, ...classes.map((name) => `.${name}`)];
}

/** What only a style sheet of the script's own describes. */
const OWN_CLASSES = ['.choices', '.pause', '.stop'];

test('脚本放进页面的元素和类，样式里都留着', () => {
  const listed = new Set(ADDITIONS.flatMap(({ adds }) => (adds === 'everything' ? [] : adds)));
  const faults = scripts.flatMap(({ file, text }) =>
    // Pages of the filter keep everything.
    file === 'src/caravan/filter/stop-filter.ts'
      ? []
      : madeBy(text)
          .filter((name) => !listed.has(name) && !OWN_CLASSES.includes(name))
          .map((name) => `${file} ${name}`),
  );
  expect(scripts.length).toBeGreaterThan(8);
  expect(faults).toEqual([]);
});

test('样式里写的自定义元素和类，页面里真有', () => {
  const sources = globSync('src/**/*.{astro,ts}')
    .filter((file) => !file.includes('slim'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('');
  const unknown = ADDITIONS.map(({ where }) => where).filter(
    (where) => !sources.includes(where.startsWith('.') ? `class="${where.slice(1)}"` : `<${where}`),
  );
  expect(unknown).toEqual([]);
});
