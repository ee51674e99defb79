import { solarTerm } from '../calendar/terms.ts';
import { monthDayText } from '../calendar/text.ts';
import { partsOf } from '../calendar/days.ts';

/**
 * Runs of months as a sentence says them, across the turn of the year: `['11','12','1','2']` → `11 月至次年 2 月`,
 * `['3','4','10']` → `3 月至 4 月、10 月`.
 */
export function monthsText(months: readonly string[]): string {
  const chosen = new Set(months.map(Number));
  if (chosen.size === 12) return '全年';
  const before = (month: number) => ((month + 10) % 12) + 1;
  const after = (month: number) => (month % 12) + 1;
  return [...chosen]
    .filter((month) => !chosen.has(before(month)))
    .sort((a, b) => a - b)
    .map((first) => {
      let last = first;
      while (chosen.has(after(last))) last = after(last);
      if (last === first) return `${first} 月`;
      return `${first} 月至${last < first ? '次年 ' : ' '}${last} 月`;
    })
    .join('、');
}

/** The two solar terms that a month next brings: `立冬 11月7日、小雪 11月22日`. `today` is `YYYY-MM-DD`. */
export function termsOfMonth(month: number, today: string): string {
  const present = partsOf(today);
  const year = month < present.month ? present.year + 1 : present.year;
  const prefix = `${year}-${String(month).padStart(2, '0')}`;
  const names: string[] = [];
  let day = `${prefix}-01`;
  const opening = solarTerm(day);
  if (opening.since === day) names.push(`${opening.name} ${monthDayText(day)}`);
  for (let { next } = opening; next.since.startsWith(prefix); next = solarTerm(day).next) {
    day = next.since;
    names.push(`${next.name} ${monthDayText(day)}`);
  }
  return names.join('、');
}
