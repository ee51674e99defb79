import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { readEntry } from '../../src/model/entry.ts';
import { choice, date, group, imagePath, line, list, optional, reference } from '../../src/model/fields.ts';
import { metaOf, shapeOf } from '../../src/model/schema.ts';
import { type ContentType, defineType } from '../../src/model/type.ts';
import { lists, settingsFiles, types } from '../../src/types/index.ts';
import { mergePhrases, additions } from '../editor/decap/locale.ts';
import { type CmsConfig, decapConfig } from './config.ts';
import type { CmsField } from './fields.ts';
import { BODY_FIELD, DATA_COLLECTION, REVIEW_FIELD, SLUG_FIELD } from './names.ts';
import { readFileParts, writeFile } from './format.ts';

/** Decap's own modules, bundled as the editor bundles them, but with the real Ajv. */
interface Decap {
  validateConfig: (config: CmsConfig) => void;
  phrases: { en: object; zh: object };
}

/** Decap's schema takes two constants for content in several languages from a module that needs a whole browser. */
const withoutTranslations = {
  name: 'without-translations',
  enforce: 'pre' as const,
  resolveId: (id: string) => (/lib\/i18n(\.js)?$/.test(id) ? '\0i18n' : null),
  load: (id: string) =>
    id === '\0i18n' ? "export const I18N_STRUCTURE = { none: 'none' }, I18N_FIELD = { none: 'none' };" : null,
};

const folder = mkdtempSync(join(tmpdir(), 'decap-'));
let decap: Decap;

beforeAll(async () => {
  const core = join(process.cwd(), 'node_modules');
  const widgets = ['datetime', 'list', 'select', 'number', 'relation', 'object', 'file', 'image', 'richtext'];
  const entry = join(folder, 'entry.js');
  writeFileSync(
    entry,
    [
      `export { validateConfig } from '${core}/decap-cms-core/dist/esm/constants/configSchema.js';`,
      `import registry from '${core}/decap-cms-core/dist/esm/lib/registry.js';`,
      `import en from '${core}/decap-cms-locales/dist/esm/en/index.js';`,
      `import zh from '${core}/decap-cms-locales/dist/esm/zh_Hans/index.js';`,
      'export const phrases = { en, zh };',
      `const schemas = import.meta.glob(${JSON.stringify(
        widgets.map((name) => `/node_modules/decap-cms-widget-${name}/dist/esm/schema.js`),
      )}, { eager: true });`,
      'for (const [path, module] of Object.entries(schemas))',
      '  registry.registerWidget({ name: /widget-(\\w+)/.exec(path)[1], controlComponent() {}, schema: module.default });',
    ].join('\n'),
  );
  await build({
    configFile: false,
    logLevel: 'silent',
    root: process.cwd(),
    plugins: [withoutTranslations],
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: join(folder, 'out'),
      rollupOptions: { output: { entryFileNames: 'decap.mjs' } },
    },
  });
  decap = (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'out/decap.mjs')).href)) as Decap;
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const collectionOf = (config: CmsConfig, name: string) => {
  const found = config.collections.find((collection) => collection.name === name);
  return { ...found, fields: (found?.fields ?? []) as unknown as CmsField[] };
};

/** Every field of a form with its schema, at any depth. */
function* pairs(
  fields: readonly CmsField[],
  schema: z.ZodType,
): Generator<[CmsField, z.ZodType | undefined]> {
  for (const field of fields) {
    const inner = shapeOf(schema)[field.name];
    yield [field, inner];
    if (inner && field.fields) yield* pairs(field.fields, elementOrSelf(inner));
  }
}

const elementOrSelf = (schema: z.ZodType): z.ZodType => {
  let current = schema as z.ZodType & { def: { innerType?: z.ZodType; element?: z.ZodType } };
  while (current.def.innerType ?? current.def.element)
    current = (current.def.innerType ?? current.def.element) as typeof current;
  return current;
};

test('Decap 自己的格式检查认可这份配置，用的是真的 Ajv', () => {
  expect(() => decap.validateConfig(decapConfig({ siteUrl: 'https://kx.example/' }))).not.toThrow();
  vi.spyOn(console, 'error').mockImplementation(() => {});
  expect(() => decap.validateConfig({ ...decapConfig(), collections: [{ label: '甲' }] } as never)).toThrow();
});

test('每种内容自成一个文件夹，每份名录和设置各是一个文件', () => {
  const config = decapConfig();
  expect(config.collections.map(({ name }) => name)).toEqual([
    ...types.map(({ name }) => name),
    DATA_COLLECTION,
  ]);
  for (const type of types)
    expect(collectionOf(config, type.name)).toMatchObject({
      folder: `content/${type.name}`,
      extension: type.format,
      label: type.label,
      create: true,
    });
  expect(config.collections.at(-1)?.files?.map(({ file }) => file)).toEqual(
    [...settingsFiles, ...lists].map(({ name }) => `content/data/${name}.yaml`),
  );
});

test('每种内容的每个字段都在表单里，带着名称和说明', () => {
  for (const type of types) {
    const { fields } = collectionOf(decapConfig(), type.name);
    const own = fields.filter(
      ({ name }) => name !== SLUG_FIELD && name !== REVIEW_FIELD && name !== BODY_FIELD,
    );
    expect(own.map(({ name }) => name)).toEqual(Object.keys(shapeOf(type.schema)));
    expect(fields.some(({ name }) => name === BODY_FIELD)).toBe(type.format === 'mdx');
    for (const [field, schema] of pairs(own, type.schema)) {
      expect(schema, field.name).toBeDefined();
      const meta = metaOf(schema as z.ZodType);
      expect(field.label).toBe(meta?.label);
      expect(field.hint).toBe(meta?.hint);
    }
  }
});

test('新建的内容里，可选的分组没有预填，列表是空的', () => {
  for (const type of types)
    for (const field of collectionOf(decapConfig(), type.name).fields) {
      if (field.widget === 'list') expect(field.default, field.name).toEqual([]);
      if (field.widget === 'object' && field.required === false)
        expect(JSON.stringify(field.fields), field.name).not.toContain('"default"');
    }
});

test('在一处加一种内容，配置、表单和把关里就都有了', () => {
  const tools = defineType({
    name: 'tools',
    label: '器材',
    singular: '器材',
    description: '可以借的器材。',
    format: 'yaml',
    address: null,
    summary: '{{title}} · {{state}}',
    schema: z.strictObject({
      title: line({ label: '名称', max: 10 }),
      state: choice({ label: '状态', options: { here: '在馆', lent: '借出' } }),
      bought: optional(date({ label: '购置日期' })),
      picture: optional(group({ src: imagePath({ label: '图片' }) }, { label: '照片' })),
      borrower: optional(reference({ label: '借用学校', to: 'schools' })),
      parts: list(line({ label: '配件' }), { label: '配件', itemLabel: '配件' }),
    }),
  });
  const config = decapConfig({ types: [...types, tools] });
  expect(() => decap.validateConfig(config)).not.toThrow();
  const collection = collectionOf(config, 'tools');
  expect(collection.summary).toBe(
    '{{fields._labels._standing}}　{{fields.title}} · {{fields._labels.state}}',
  );
  expect(collection.fields.map(({ label, widget }) => `${label} ${widget}`)).toEqual([
    '审核和发布 review',
    '名称 string',
    '网址名 slug',
    '状态 select',
    '购置日期 datetime',
    '照片 object',
    '借用学校 relation',
    '配件 list',
  ]);
  const form = { title: '一台名字长得放不下的显微镜', state: 'here', picture: { src: '' }, parts: [] };
  const text = writeFile({ data: form, body: '' }, 'yaml', tools.schema);
  expect(readFileParts(text, 'yaml').data).toEqual({ title: form.title, state: 'here' });
  expect(
    readEntry(tools.schema, 'x.yaml', text, 'yaml').problems.map(({ field, message }) => field + message),
  ).toEqual(['「名称」超过 10 个字（现有 13 个字），请缩短']);
});

test('没有表单信息的字段不收，并说出字段名', () => {
  const odd = { ...types[0], schema: z.strictObject({ odd: z.string() }) } as unknown as ContentType;
  expect(() => decapConfig({ types: [odd] })).toThrow('字段「odd」没有表单信息');
});

test('Decap 的界面文字没有一句还是英文', () => {
  const flat = (value: object, path = ''): [string, string][] =>
    Object.entries(value).flatMap(([key, item]) =>
      typeof item === 'object'
        ? flat(item, `${path}${key}.`)
        : [[path + key, String(item)] as [string, string]],
    );
  const { en, zh } = decap.phrases;
  const spoken = new Map(flat(mergePhrases(zh as never, additions)));
  const missing = flat(en).filter(([key]) => !spoken.has(key));
  expect(missing).toEqual([]);
  const latin = [...spoken].filter(
    ([, text]) =>
      /^[^\u4e00-\u9fff]*[A-Za-z]/.test(text.replace(/%\{\w+\}/g, '')) && !/[\u4e00-\u9fff]/.test(text),
  );
  expect(latin).toEqual([]);
  const unknown = flat(additions).filter(([key]) => !new Map(flat(en)).has(key));
  expect(unknown).toEqual([]);
});
