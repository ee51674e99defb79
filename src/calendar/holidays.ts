/**
 * 法定节假日的放假和调休，照国务院办公厅的通知逐年抄录。还没有通知的年份不猜。
 *
 * 每年 11 月前后有了下一年的通知，在这里加一年。浏览器也用这个文件，不要引入别的模块。
 */
interface HolidayNotice {
  title: string;
  number: string;
  address: string;
  /** 放假的日子，含调休放假；首尾都算。 */
  holidays: readonly { name: string; from: string; to: string }[];
  /** 调休上班的周末。 */
  workdays: readonly string[];
}

export const HOLIDAY_NOTICES: Readonly<Record<string, HolidayNotice>> = {
  '2026': {
    title: '国务院办公厅关于2026年部分节假日安排的通知',
    number: '国办发明电〔2025〕7号',
    address: 'https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm',
    holidays: [
      { name: '元旦', from: '2026-01-01', to: '2026-01-03' },
      { name: '春节', from: '2026-02-15', to: '2026-02-23' },
      { name: '清明节', from: '2026-04-04', to: '2026-04-06' },
      { name: '劳动节', from: '2026-05-01', to: '2026-05-05' },
      { name: '端午节', from: '2026-06-19', to: '2026-06-21' },
      { name: '中秋节', from: '2026-09-25', to: '2026-09-27' },
      { name: '国庆节', from: '2026-10-01', to: '2026-10-07' },
    ],
    workdays: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
};

/** 《全国年节及纪念日放假办法》里日期固定的节日，不等当年的通知；`MM-DD`。 */
const FIXED: Readonly<Record<string, string>> = {
  '01-01': '元旦',
  '05-01': '劳动节',
  '05-02': '劳动节',
  '10-01': '国庆节',
  '10-02': '国庆节',
  '10-03': '国庆节',
};

const noticeOf = (day: string) => HOLIDAY_NOTICES[day.slice(0, 4)];

/** Whether the arrangement of a day's year (`YYYY-MM-DD`) is recorded here. */
export const holidaysKnown = (day: string): boolean => noticeOf(day) !== undefined;

/** Name of the holiday that a day (`YYYY-MM-DD`) belongs to, or undefined. */
export function holidayOn(day: string): string | undefined {
  const notice = noticeOf(day);
  if (!notice) return FIXED[day.slice(5)];
  return notice.holidays.find(({ from, to }) => from <= day && day <= to)?.name;
}

/** Whether a weekend day is worked in exchange for a holiday. */
export const isMakeupWorkday = (day: string): boolean => noticeOf(day)?.workdays.includes(day) ?? false;
