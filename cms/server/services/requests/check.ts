import type { HolidayCalendar } from '../../../../src/calendar/holidays.ts';
import { obstaclesOn, type BlockedDays } from '../../../../src/caravan/request/free-days.ts';
import { requestWindow, visitRequest, type VisitRequest } from '../../../../src/caravan/request/request.ts';
import type { STAGES } from '../../../../src/types/caravan.ts';
import { formatDay } from '../../../../src/calendar/text.ts';
import { labelOf } from '../../../../src/model/labels.ts';
import { elementOf, metaOf, shapeOf } from '../../../../src/model/schema.ts';

/** From what a form posts to a request, or to what is wrong with it, field by field. */

/** The lists that a request is checked against, as they are published. */
export interface Lists {
  schools: readonly { id: string; name: string; township: string; stages: (keyof typeof STAGES)[] }[];
  townships: readonly { id: string; name: string }[];
  exhibitSets: readonly { id: string; name: string }[];
  blocked: readonly BlockedDays[];
  holidays: HolidayCalendar;
}

/** What was typed: fields of one value and fields of several. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

/** Wrong fields, in the order of the form, each with a Chinese sentence; the empty name is the form as a whole. */
export type Faults = Readonly<Record<string, string>>;

/** Reads a form against the schema and the lists. `today` is `YYYY-MM-DD`. */
export function checkRequest(
  typed: Typed,
  lists: Lists,
  today: string,
): { asked: VisitRequest } | { faults: Faults } {
  const school = lists.schools.find(({ id }) => id === typed.school);
  const complete = completed(typed, school);
  const parsed = visitRequest.safeParse(complete);
  const faults: Record<string, string> = {};
  for (const { code, path, message } of parsed.error?.issues ?? [])
    faults[String(path[0] ?? '')] ??=
      code === 'unrecognized_keys' ? '这张表里有不认识的栏目，请刷新页面重新填' : message;
  const fault = (name: string, message: string | undefined) => {
    if (message) faults[name] ??= message;
  };
  const known = (name: 'school' | 'township' | 'exhibitSet', list: readonly { id: string }[]) => {
    if (typed[name] && !list.some(({ id }) => id === typed[name])) fault(name, '名单里没有这一项，请重新选');
  };
  known('school', lists.schools);
  known('township', lists.townships);
  known('exhibitSet', lists.exhibitSets);
  if (valuesOf(typed, 'stages').length === 0 && !school) fault('stages', '请至少选一个学段');
  for (const name of ['day', 'otherDay'] as const)
    if (!faults[name]) fault(name, dayProblem(complete[name], stagesOf(complete), lists, today));
  const wrong = ['', ...Object.keys(shapeOf(visitRequest))].filter((name) => name in faults);
  if (wrong.length > 0 || !parsed.data)
    return { faults: Object.fromEntries(wrong.map((name) => [name, faults[name] as string])) };
  return { asked: parsed.data };
}

const valuesOf = (typed: Typed, name: string): readonly string[] => [typed[name] ?? []].flat();

/** The values as the schema takes them: nothing empty, numbers as numbers, and what the list of schools knows. */
function completed(typed: Typed, school: Lists['schools'][number] | undefined): Record<string, unknown> {
  const shape = shapeOf(visitRequest);
  const values: [string, unknown][] = [];
  for (const name of Object.keys(typed)) {
    const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (field && elementOf(field)) {
      values.push([name, [...new Set(valuesOf(typed, name))]]);
      continue;
    }
    const written = (valuesOf(typed, name).at(-1) ?? '').trim();
    if (written === '') continue;
    const isNumber = field && metaOf(field)?.widget === 'number';
    // Digits typed full-width; in a sentence the same would change its punctuation.
    const value = isNumber || name === 'phone' ? written.normalize('NFKC') : written;
    values.push([name, isNumber && /^\d{1,7}$/.test(value) ? Number(value) : value]);
  }
  const complete = Object.fromEntries(values);
  if (school) complete.township = school.township;
  if (school && valuesOf(typed, 'stages').length === 0) complete.stages = school.stages;
  return complete;
}

const stagesOf = ({ stages }: Record<string, unknown>) =>
  shapeOf(visitRequest).stages?.safeParse(stages).data as Stages;
type Stages = VisitRequest['stages'];

/** Why a day cannot be asked for, as far as the calendar says; whether a vehicle is free, the office sees. */
function dayProblem(
  day: unknown,
  stages: Stages,
  { blocked, holidays }: Lists,
  today: string,
): string | undefined {
  if (typeof day !== 'string') return undefined;
  const { from, to } = requestWindow(today);
  if (day < from) return `最早可以约 ${formatDay(from)}，请往后选`;
  if (day > to) return `最晚可以约 ${formatDay(to, { year: true })}，请往前选`;
  const [obstacle] = obstaclesOn(day, { stages }, blocked, holidays);
  return obstacle && `${formatDay(day)}不能约（${obstacle.note}），请另选一天`;
}

/** 「想要的日子」, for the list of what is wrong. */
export const nameOfField = (name: string): string => (name ? labelOf(visitRequest, name) : '');
