import { countyDay } from '../../../src/calendar/clock.ts';

/** Default value of a field in a new entry. Decap's own `{{now}}` counts as a change made by the editor. */
export const resolveDefault = (value: unknown): unknown =>
  value === '{{now}}' ? countyDay(new Date()) : value;
