import { LunarDay } from 'tyme4ts';
import { addDays } from './days.ts';
import type { HolidayYear } from './holidays.ts';
import { solarTerm } from './terms.ts';

/**
 * The days off of a year whose notice is not out yet: those that the 《全国年节及纪念日放假办法》(国务院令第 795 号, in
 * force since 2025) fixes. Weekends moved next to them are known from the notice only.
 */
export function likelyHolidays(year: string): HolidayYear {
  const springFestival = lunarDay(year, 1, 1);
  const dragonBoat = lunarDay(year, 5, 5);
  const midAutumn = lunarDay(year, 8, 15);
  const qingming =
    solarTerm(`${year}-04-05`).name === '清明' ? solarTerm(`${year}-04-05`).since : `${year}-04-06`;
  return {
    isLikely: true,
    workdays: [],
    holidays: [
      { name: '元旦', from: `${year}-01-01`, to: `${year}-01-01` },
      { name: '春节', from: addDays(springFestival, -1), to: addDays(springFestival, 2) },
      { name: '清明节', from: qingming, to: qingming },
      { name: '劳动节', from: `${year}-05-01`, to: `${year}-05-02` },
      { name: '端午节', from: dragonBoat, to: dragonBoat },
      { name: '中秋节', from: midAutumn, to: midAutumn },
      { name: '国庆节', from: `${year}-10-01`, to: `${year}-10-03` },
    ].sort((a, b) => (a.from < b.from ? -1 : 1)),
  };
}

/**
 * The day of a year with a date of the Chinese calendar. Not `Intl` with `ca-chinese`: where the new moon is close to
 * midnight, as in 2027 and 2030, it is a day off.
 */
function lunarDay(year: string, month: number, day: number): string {
  const solar = LunarDay.fromYmd(Number(year), month, day).getSolarDay();
  const two = (value: number) => String(value).padStart(2, '0');
  return `${solar.getYear()}-${two(solar.getMonth())}-${two(solar.getDay())}`;
}
