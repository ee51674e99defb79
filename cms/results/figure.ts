import type { z } from 'zod';
import { type indicators, UNITS } from '../../src/types/statistics.ts';

/** Reads a figure as people type it into a form or a sheet. */

export type Indicator = z.output<typeof indicators.item>;
export type Unit = Indicator['unit'];

export type Figure = { value: number; approximate: boolean } | { problem: string };

/** Units whose figures may have decimals; everything else is counted. */
const MEASURED: ReadonlySet<Unit> = new Set<Unit>(['yuan', 'percent']);

const ROUGH_BEFORE = /^(?:约|大约|近|将近|不少于|至少)/;
const ROUGH_AFTER = /(?:余|多|左右|上下|以上)$/;
/** A number, what makes it rough, and a unit: 「约1,800余份」. */
const TYPED = /^([^\d+-]*)([+-]?[\d,.]+)(.*)$/u;
/** 「1,800」 and 「1800」, not 「1,8」. */
const NUMBER = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$/;

/**
 * The figure in a text: `1800`, 「1,800」, 「１８００」, 「约 1800 余份」. A text that is none has a problem, never a guess.
 *
 * @param typed not blank
 * @param unit of the indicator; a unit in the text must be the same, so that 人次 is never taken for 人
 */
export function readFigure(typed: string | number, unit: Unit): Figure {
  const text = String(typed).normalize('NFKC').replace(/\s/g, '');
  const [, before = '', digits = '', after = ''] = TYPED.exec(text) ?? [];
  const rest = withoutUnit(after, UNITS[unit]);
  if (!digits || before.replace(ROUGH_BEFORE, '') !== '' || !isRough(rest)) {
    const other = Object.values(UNITS).find((label) => after.endsWith(label) && label !== UNITS[unit]);
    if (digits && other)
      return { problem: `写的是「${other}」，这一项的单位是「${UNITS[unit]}」：请核对，写对的一项里` };
    return { problem: `「${String(typed).trim().slice(0, 40)}」不是数字；只写数字，不知道就空着` };
  }
  if (digits.startsWith('-')) return { problem: '不能是负数' };
  const plain = digits.replace(/^\+/, '');
  if (!NUMBER.test(plain)) return { problem: `「${digits}」看不懂是多少；写成 1800 的样子` };
  const value = Number(plain.replaceAll(',', ''));
  if (unit === 'percent' && value > 100) return { problem: '百分数不能超过 100' };
  if (!Number.isInteger(value) && !MEASURED.has(unit))
    return { problem: `${UNITS[unit]}数要是整数，不带小数` };
  return { value, approximate: before !== '' || rest !== '' };
}

/** What follows the digits without the unit: 「余份」, 「份左右」 → 余, 左右. */
function withoutUnit(after: string, label: string): string {
  if (after.endsWith(label)) return after.slice(0, -label.length);
  return after.startsWith(label) ? after.slice(label.length) : after;
}

const isRough = (rest: string) => rest.replace(ROUGH_AFTER, '') === '';
