import type { z } from 'zod';
import { currentContent } from '../../../../src/store/index.ts';
import { today } from '../../../../src/calendar/today.ts';
import { withoutEmpty } from '../../../../src/model/entry.ts';
import { elementOf, isOptional, metaOf, shapeOf } from '../../../../src/model/schema.ts';
import { listNamed, typeNamed } from '../../../../src/types/index.ts';

/**
 * The data of an entry as it could be once it is finished, to preview one that is not: what is missing is filled with
 * a word in brackets, what is wrong and may be left out is left out. Nothing of it is saved.
 *
 * @param written the front matter as it is in the form
 * @returns undefined when no page can be made of it
 */
export function withPlaceholders<S extends z.ZodObject>(
  schema: S,
  written: unknown,
): z.output<S> | undefined {
  const data = withoutEmpty(structuredClone(written));
  const tried = new Set<string>();
  const cuts: Cut[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const parsed = schema.safeParse(data);
    if (parsed.success) return withWholeTexts(parsed.data, cuts);
    // A value can be wrong in two ways. From the end, so that an item that is left out does not shift the others.
    const places = new Map(parsed.error.issues.map((issue) => [issue.path.join('/'), issue]));
    for (const issue of [...places.values()].reverse()) mend(schema, data, issue, tried, cuts);
  }
  return undefined;
}

/** Mending one thing can show the next; real forms need two or three. */
const ROUNDS = 12;

type Container = Record<PropertyKey, unknown>;

/** @param tried where a placeholder was put that was not valid either */
function mend(
  schema: z.ZodType,
  data: unknown,
  issue: z.core.$ZodIssue,
  tried: Set<string>,
  cuts: Cut[],
): void {
  if (issue.code === 'unrecognized_keys') {
    const owner = valueAt(data, issue.path);
    for (const key of issue.keys) if (isContainer(owner)) delete owner[key];
    return;
  }
  const field = fieldAt(schema, issue.path);
  const owner = valueAt(data, issue.path.slice(0, -1));
  const key = issue.path.at(-1);
  if (!field || key === undefined || !isContainer(owner)) return;
  const short = tooLong(field, owner[key]);
  if (short !== undefined) {
    cuts.push({ path: issue.path, whole: owner[key] as string, short });
    owner[key] = short;
    return;
  }
  const at = issue.path.join('/');
  const placeholder = tried.has(at) ? undefined : placeholderOf(field);
  const isWrong = owner[key] !== undefined && isOptional(field);
  if (isWrong || placeholder === undefined) leaveOut(schema, data, issue.path);
  else {
    tried.add(at);
    owner[key] = placeholder;
  }
}

/** A text that is too long and nothing else: it is looked at as it was written. */
interface Cut {
  path: readonly PropertyKey[];
  whole: string;
  short: string;
}

function tooLong(field: z.ZodType, value: unknown): string | undefined {
  const max = metaOf(field)?.max;
  if (max === undefined || typeof value !== 'string') return undefined;
  const short = [...value.trim()].slice(0, max).join('').trimEnd();
  return short !== value && field.safeParse(short).success ? short : undefined;
}

function withWholeTexts<Data>(data: Data, cuts: readonly Cut[]): Data {
  for (const { path, whole, short } of cuts) {
    const owner = valueAt(data, path.slice(0, -1));
    const key = path.at(-1) as PropertyKey;
    if (isContainer(owner) && owner[key] === short) owner[key] = whole;
  }
  return data;
}

/** Takes off the value, or whatever around it may be missing: an item of a list, a group. */
function leaveOut(schema: z.ZodType, data: unknown, path: readonly PropertyKey[]): void {
  for (let length = path.length; length > 0; length--) {
    const part = path.slice(0, length);
    const owner = valueAt(data, part.slice(0, -1));
    const key = part.at(-1) as PropertyKey;
    if (Array.isArray(owner)) {
      owner.splice(Number(key), 1);
      return;
    }
    const field = fieldAt(schema, part);
    if (!field || !isOptional(field) || !isContainer(owner)) continue;
    delete owner[key];
    return;
  }
}

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const key of path) value = isContainer(value) ? value[key] : undefined;
  return value;
}

function fieldAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  let field: z.ZodType | undefined = schema;
  for (const key of path)
    field = field && (typeof key === 'number' ? elementOf(field) : shapeOf(field)[String(key)]);
  return field;
}

/** A value that a field accepts; undefined where none can be made up, such as a picture. */
function placeholderOf(field: z.ZodType): unknown {
  // What it must hold shows when the data is parsed again.
  if (metaOf(field)?.widget === 'object') return {};
  return candidatesFor(field).find((one) => one !== undefined && field.safeParse(one).success);
}

function candidatesFor(field: z.ZodType): unknown[] {
  const meta = metaOf(field);
  const day = today();
  switch (meta?.widget) {
    case 'string':
    case 'text':
      return [`（${meta.label}）`, '（略）', 'preview'];
    case 'date':
      return [day];
    case 'datetime':
      return [`${day}T09:00`, day];
    case 'number':
      return [1, Number(day.slice(0, 4))];
    case 'boolean':
      return [false];
    case 'select':
      return Object.keys(meta.options ?? {});
    case 'relation':
      return [anyOf(meta.to ?? '')];
    case 'uid':
      return ['preview'];
    case 'list': {
      const element = elementOf(field);
      return [[], element && [placeholderOf(element)]];
    }
    default:
      return [];
  }
}

/** Slug or id of something that a relation can name. */
function anyOf(name: string): string | undefined {
  const type = typeNamed(name);
  if (type) return currentContent().entries(type).entries[0]?.id;
  const list = listNamed(name);
  const [item] = list ? currentContent().list(list).items : [];
  return item && String(item.id);
}
