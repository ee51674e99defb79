import { AUDIENCES } from '../../model/common.ts';
import { itemsOf } from '../../queries/index.ts';
import { schools } from '../../types/caravan.ts';
import { townships } from '../../types/townships.ts';
import { type Coverage, coverageOf } from '../coverage.ts';
import { yearRecords } from '../queries.ts';

/** Whom a year reached, of the townships, schools and audiences on record. */
export const coverageOfYear = async (year: number): Promise<Coverage> =>
  coverageOf(await yearRecords(), year, {
    townships: itemsOf(townships),
    schools: itemsOf(schools),
    audiences: AUDIENCES,
  });
