/** Chinese numerals in dates and times as digits. */

const DIGITS = '〇一二三四五六七八九';

/** 一 to 九十九 as digits, also 〇, 零, 两 and 十; other text stays as it is. */
export const withDigits = (text: string): string =>
  text
    .replace(/零/g, '〇')
    .replace(/两/g, '二')
    .replace(/([二三四五六七八九])?十([一二三四五六七八九])?/g, (_, tens: string = '一', ones = '〇') =>
      String(DIGITS.indexOf(tens) * 10 + DIGITS.indexOf(ones)),
    )
    .replace(/[〇一二三四五六七八九]/g, (digit) => String(DIGITS.indexOf(digit)));
