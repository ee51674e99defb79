import { countyDay } from '../../../src/calendar/clock.ts';

/** What a field of a new entry begins with. Decap would put in the day as if somebody had typed it. */
export const resolveDefault = (value: unknown): unknown =>
  value === '{{now}}' ? countyDay(new Date()) : value;
