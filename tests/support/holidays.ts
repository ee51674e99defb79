import { holidaysOf } from '../../src/queries/holidays.ts';
import { openContent } from '../../src/store/index.ts';

/** The days off by the notices that come with the program. */
export const HOLIDAYS = holidaysOf(openContent());
