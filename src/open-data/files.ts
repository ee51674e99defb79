import { z } from 'zod';
import { schoolAddress } from '../caravan/addresses.ts';
import type { ContentType, ReferenceList } from '../model/type.ts';
import { type AnyEntry, entries, itemsOf, siteSettings } from '../queries/index.ts';
import { organisationAddress } from '../queries/organisations.ts';
import { once } from '../runtime/current.ts';
import { topics } from '../types/articles.ts';
import { caravan, exhibitSets, schools, vehicles } from '../types/caravan.ts';
import { events } from '../types/events.ts';
import { lists, type TypeName, types } from '../types/index.ts';
import { indicators, statistics } from '../types/statistics.ts';
import { organisations, townships } from '../types/townships.ts';
import { absolute } from '../ui/address.ts';
import { licenseAddress } from '../ui/schema.ts';
import { type FindNamed, type Named, openEntryOf } from './derived.ts';
import { HAPPENING_FILES } from './happenings.ts';

/**
 * The open files, `/api/<name>.json`, each with its JSON Schema, `/api/<name>.schema.json`. The schemas are the contract: the
 * files are checked against them when they are written, and the page that explains the fields is made from them. Fields are
 * added, never renamed or removed. Nothing says when the site was built: the bytes change only with the content.
 */
export interface OpenFile {
  /** As in its address. */
  name: string;
  /** What is in it, Chinese. */
  title: string;
  /** Schema of an item. */
  entry: z.ZodObject;
  /** In which order the items come, Chinese. */
  order: string;
  items: () => Promise<unknown[]>;
}

/** Addresses of the pages of a list's items; the other lists have none. */
const LIST_ADDRESSES: Readonly<Record<string, (id: string) => string>> = {
  [townships.name]: (id) => `/townships/${id}/`,
  [organisations.name]: organisationAddress,
  [schools.name]: schoolAddress,
  [topics.name]: (id) => `/articles/topic/${id}/`,
};

const listAddress = (list: ReferenceList, id: string): string | null =>
  LIST_ADDRESSES[list.name]?.(id) ?? null;

/** Everything that a field can name. */
const findNamed = once(async (): Promise<FindNamed> => {
  const known = new Map<string, Named>();
  const add = (to: string, id: string, name: unknown, address: string | null) =>
    known.set(`${to}/${id}`, { id, name: String(name), url: address && absolute(address) });
  for (const type of types)
    for (const { id, data } of await entries(type.name as TypeName))
      add(type.name, id, data.title, type.address?.(id) ?? null);
  for (const list of lists)
    for (const item of itemsOf(list))
      add(list.name, String(item.id), item.name, listAddress(list, String(item.id)));
  return (to, id) => known.get(`${to}/${id}`);
});

/** The file of a content type. */
function typeFile(type: ContentType): OpenFile {
  const { schema, open } = openEntryOf(type.schema);
  return {
    name: type.name,
    title: type.label,
    entry: schema,
    order: '新的在前',
    items: async () => {
      const all: AnyEntry[] = await entries(type.name as TypeName);
      const find = await findNamed();
      return all.map(({ id, data }) => open({ id, data, address: type.address?.(id) ?? null }, find));
    },
  };
}

/** The file of a reference list. */
function listFile(list: ReferenceList): OpenFile {
  const { schema, open } = openEntryOf(list.item);
  return {
    name: list.name,
    title: list.label,
    entry: schema,
    order: '按名录的次序',
    items: async () => {
      const find = await findNamed();
      return itemsOf(list).map((data) => {
        const id = String(data.id);
        return open({ id, data, address: listAddress(list, id) }, find);
      });
    },
  };
}

/** Stops and events have a form of their own, and the years' figures a file for each year (`src/statistics/downloads/`). */
const WITH_OWN_FILES: readonly string[] = [caravan.name, events.name, statistics.name];

/** Every open file but those of the years' figures, in the order that the page explains them. */
export const OPEN_FILES: readonly OpenFile[] = [
  ...Object.entries(HAPPENING_FILES).map(([name, file]) => ({ name, ...file })),
  ...types.filter(({ name }) => !WITH_OWN_FILES.includes(name)).map(typeFile),
  ...[organisations, townships, schools, vehicles, exhibitSets, topics, indicators].map((list) =>
    listFile(list as unknown as ReferenceList),
  ),
];

export const openFileAddress = ({ name }: Pick<OpenFile, 'name'>): string => `/api/${name}.json`;
export const openSchemaAddress = ({ name }: Pick<OpenFile, 'name'>): string => `/api/${name}.schema.json`;
export const OPEN_DATA_PAGE = '/open-data/';

const fileSchema = ({ entry, order }: OpenFile) =>
  z.strictObject({
    $schema: z.url().describe('本文件的 JSON Schema'),
    title: z.string().describe('名称'),
    publisher: z.string().describe('主办单位'),
    license: z.url().nullable().describe('许可；没有写明时空着'),
    page: z.url().describe('字段说明'),
    items: z.array(entry).describe(order),
  });

/** The text of an open file. Properties come in the order of the schema. */
export async function openFile(file: OpenFile): Promise<string> {
  const { county, association } = siteSettings();
  return JSON.stringify(
    fileSchema(file).parse({
      $schema: absolute(openSchemaAddress(file)),
      title: `${county}${file.title}`,
      publisher: association,
      license: licenseAddress() ?? null,
      page: absolute(`${OPEN_DATA_PAGE}#${file.name}`),
      items: await file.items(),
    }),
  );
}

/** Its JSON Schema (2020-12). */
export const openSchema = (file: OpenFile): string =>
  JSON.stringify({
    $id: absolute(openSchemaAddress(file)),
    title: file.title,
    ...z.toJSONSchema(fileSchema(file)),
  });

/** Routes of the open files. */
export const openFilePaths = () =>
  OPEN_FILES.map((file) => ({ params: { name: file.name }, props: { name: file.name } }));

/** The file of a route. */
export function openFileNamed(name: string): OpenFile {
  const file = OPEN_FILES.find((one) => one.name === name);
  if (!file) throw new Error(`没有开放数据 ${name}`);
  return file;
}

/** What a route returns for an open file: any site may read it. */
export const jsonResponse = (text: string): Response =>
  new Response(text, {
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Access-Control-Allow-Origin': '*' },
  });
