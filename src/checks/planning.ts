import {
  type PlannedStop,
  type Reference,
  scheduleWarnings,
  type Source,
} from '../caravan/planning/index.ts';
import { blockedDays, caravan, exhibitSets, schools, vehicles } from '../types/caravan.ts';
import type { Problem } from '../model/problems.ts';
import type { ReferenceList } from '../model/type.ts';
import { holidaysOf } from '../queries/holidays.ts';
import { townships } from '../types/townships.ts';
import type { Corpus } from './corpus.ts';

/** Stops that should be planned again: two places at once, no time to drive, holidays and exams … Warnings only. */
export function checkPlanning({ content, files }: Corpus): Problem[] {
  const itemsOf = ({ name }: ReferenceList) =>
    (files.find(({ kind }) => kind === name)?.data.items ?? []) as never[];
  const reference: Reference = {
    schools: itemsOf(schools),
    townships: itemsOf(townships),
    vehicles: itemsOf(vehicles),
    exhibitSets: itemsOf(exhibitSets),
    blockedDays: itemsOf(blockedDays),
    holidays: holidaysOf(content),
  };
  const stops = files
    .filter(({ kind }) => kind === caravan.name)
    .map(({ slug, file, entry, data }): PlannedStop & Source => ({
      slug,
      file,
      lineOf: entry.lineOf,
      data: data as PlannedStop['data'],
    }));
  return scheduleWarnings(stops, reference);
}
