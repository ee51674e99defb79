import type { Problem } from '../model/problems.ts';
import { labelOfPath } from '../model/schema.ts';
import { bodyLineAt, type CheckedFile, type Corpus, firstOf, textsIn } from './corpus.ts';

const notPartOfNumber = (pattern: string) =>
  new RegExp(`(?<![\\dA-Za-z._/-])(?:${pattern})(?![\\dA-Za-z])`, 'g');

/** GB 11643—1999: the last character checks the other seventeen. */
function isIdentityNumber(number: string): boolean {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return '10X98765432'[sum % 11] === number[17]?.toUpperCase();
}

/** ISO/IEC 7812-1: the Luhn check that bank cards carry. */
function isBankCard(number: string): boolean {
  let sum = 0;
  for (let index = 0; index < number.length; index++) {
    const digit = Number(number[number.length - 1 - index]);
    sum += index % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

const RULES = [
  { what: '个人手机号', pattern: notPartOfNumber('1[3-9]\\d[ -]?\\d{4}[ -]?\\d{4}'), holds: () => true },
  {
    what: '身份证号',
    pattern: notPartOfNumber(
      '[1-9]\\d{5}(?:19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}[\\dXx]',
    ),
    holds: isIdentityNumber,
  },
  { what: '银行卡号', pattern: notPartOfNumber('(?:62|4\\d|5[1-5])\\d{14,17}'), holds: isBankCard },
];

/** The private numbers that a text holds: what kind, the number, and its offset. */
export function* findPrivateData(text: string): Generator<{ what: string; number: string; at: number }> {
  for (const { what, pattern, holds } of RULES)
    for (const { 0: number, index: at } of text.matchAll(pattern))
      if (holds(number)) yield { what, number, at };
}

const advice = (what: string, number: string) =>
  `像是${what}（${number.slice(0, 3)}…${number.slice(-2)}），不能公开；请删去，改写单位办公电话`;

/** Private numbers never go on line. */
export const checkPrivateData = ({ files }: Corpus): Problem[] =>
  files.flatMap((checked) => firstOf(privateDataIn(checked)));

function* privateDataIn(checked: CheckedFile): Generator<Problem> {
  const { file, schema, data, entry } = checked;
  for (const { path, text } of textsIn(data))
    for (const { what, number } of findPrivateData(text))
      yield {
        severity: 'error',
        file,
        line: entry.lineOf(path),
        field: labelOfPath(schema, path),
        message: advice(what, number),
      };
  for (const { what, number, at } of findPrivateData(entry.body))
    yield { severity: 'error', file, line: bodyLineAt(checked, at), message: advice(what, number) };
}
