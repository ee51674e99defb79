import type { Context } from 'hono';

/** What somebody has filled in: every value as it was typed. */

export interface Values {
  /** Empty when there is none. */
  one: (name: string) => string;
  /** The values of tick-boxes. */
  all: (name: string) => string[];
  entries: () => [string, string][];
}

/** Longer values come from no page of ours; the schema refuses far shorter ones. */
const MAX_LENGTH = 5000;

export function valuesOf(pairs: readonly (readonly [string, string])[]): Values {
  const kept = pairs.map(([name, value]): [string, string] => [
    name,
    value.slice(0, MAX_LENGTH).replace(/\r\n?/g, '\n').trim(),
  ]);
  return {
    one: (name) => kept.find(([key]) => key === name)?.[1] ?? '',
    all: (name) => kept.flatMap(([key, value]) => (key === name ? [value] : [])),
    entries: () => kept,
  };
}

/** The form as a browser sends it, files left out. */
export async function postedValues({ req }: Context): Promise<Values> {
  const sent = await req.formData();
  return valuesOf(
    [...sent.entries()].filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}

/** The same values with others in place of some. */
export const withValues = (values: Values, changed: Readonly<Record<string, string>>): Values =>
  valuesOf([
    ...values.entries().filter(([name]) => !Object.hasOwn(changed, name)),
    ...Object.entries(changed),
  ]);
