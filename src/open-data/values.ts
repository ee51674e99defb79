import { z } from 'zod';

/** Schemas of the values that open files hold. A pattern says what is typed, a format what it means (JSON Schema 2020-12). */

const DAY = String.raw`\d{4}-\d{2}-\d{2}`;

/** A day, `2026-12-03`. */
export const day = () =>
  z
    .string()
    .regex(new RegExp(`^${DAY}$`))
    .meta({ format: 'date' });

/** A moment with its offset, `2026-12-03T09:00:00+08:00`. */
const time = () =>
  z
    .string()
    .regex(new RegExp(String.raw`^${DAY}T\d{2}:\d{2}:\d{2}\+08:00$`))
    .meta({ format: 'date-time' });

/** A moment of county time, or a whole day. */
export const moment = () =>
  z.union([time(), day()]).describe('北京时间，2026-12-03T09:00:00+08:00；全天的只有日期，2026-12-03');

const yearOrMonth = () => z.string().regex(/^\d{4}(?:-\d{2})?$/);

/** A day, or as much of it as is known: `2026-12`, `2026`. */
export const knownDay = () => z.union([day(), yearOrMonth()]);

/** A moment or a day, or as much of it as is known. */
export const knownMoment = () => z.union([time(), day(), yearOrMonth()]);

/** One of the keys of some options. */
export const keysOf = <O extends Record<string, string>>(options: O) =>
  z.enum(Object.keys(options) as [keyof O & string, ...(keyof O & string)[]]);

/** What the keys of some options mean. */
export const inWords = (options: Record<string, string>): string =>
  Object.entries(options)
    .map(([key, label]) => `${key} ${label}`)
    .join('、');
