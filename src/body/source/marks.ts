import { isEscaped } from './offsets.ts';

/**
 * Marks that Markdown reads as strike-out and italics and that Chinese writers use for something else: `3~5天` and
 * `20~30℃` are ranges, `30*40厘米` and `长*宽*高` are products.
 */

/** Offsets of every `~` that stands alone: only `~~` strikes out. */
export function rangeMarks(text: string): number[] {
  const found: number[] = [];
  for (const { index } of text.matchAll(/(?<!~)~(?!~)/g)) found.push(index);
  return found;
}

/** How far to both sides of a `*` its factors are looked for, in characters. */
const REACH = 40;

const DIGIT = String.raw`\p{N}`;
const NUMERAL = '〇零一二两三四五六七八九十百千万亿半';

const UNIT =
  '厘米|毫米|分米|公分|公里|千米|微米|英寸|米|寸|尺|丈|里|平方米|亩|公顷|立方米|元|角|分|块|万|千|百|亿|公斤|千克|克|吨|斤|两|毫升|升|' +
  '株|棵|个|人|天|次|只|头|袋|瓶|箱|盒|片|粒|户|组|台|辆|套|件|张|行|列|层|孔|目|cm|mm|dm|km|m|kg|g|mg|t|l|ml|px|℃|°|%|％|″|′|"';

/** Lengths that are written with one character. */
const SIDE = '长宽高厚深底';

const QUANTITY =
  '[总单均毛净][价重量数]|长度|宽度|高度|厚度|深度|密度|浓度|速度|强度|温度|湿度|坡度|面积|体积|容积|底面积|' +
  '数量|重量|质量|用量|产量|单产|亩产|剂量|水量|流量|含量|热量|电量|功率|电压|电流|电阻|人数|天数|次数|亩数|株数|个数|件数|台数|户数|' +
  '系数|倍数|份数|页数|价格|单价|利率|税率|比率|汇率|折扣|折旧率|成活率|利用率|时间|时长|距离|株距|行距|间距|半径|直径|周长|边长|' +
  '底边|棱长|工资|日薪|工时|工日|基数|比例|百分比|本金|期数|年限|年数|月数|压强|受力面积|圆周率|体重|身高';

/** What may stand before a one-character factor without making it part of another word (校长 is no length). */
const BEFORE_FACTOR = '是为按即用求算于以乘的约把及和与按寸格积';

/** What stands in brackets in a product, such as 长+宽, rather than a remark. */
const SUM = String.raw`[^()（），。、：；]*[\p{N}+\-/×÷*][^()（），。、：；]*`;

const LEFT_NUMBER = new RegExp(`${DIGIT} ?(?:${UNIT})?$`, 'iu');
const RIGHT_NUMBER = new RegExp(String.raw`^[(（]?[-+]?\.?${DIGIT}`, 'u');
const LEFT_NUMERAL = new RegExp(String.raw`(?:^|[^\p{Script=Han}]|[${BEFORE_FACTOR}])[${NUMERAL}]+$`, 'u');
const RIGHT_NUMERAL = new RegExp(`^[${NUMERAL}]`, 'u');
const LEFT_WORD = new RegExp(
  String.raw`(?:${QUANTITY})$|(?:^|[^\p{Script=Han}]|[${BEFORE_FACTOR}])[${SIDE}]$|(?:^|[^\]])[(（]${SUM}[)）]$`,
  'u',
);
const RIGHT_WORD = new RegExp(
  String.raw`^(?:${QUANTITY})|^[${SIDE}](?:(?!\p{Script=Han})|(?=[计算的来等是时后就再求乘即约]))|^[(（]${SUM}[)）]`,
  'u',
);
const FACTOR = /[\p{L}\p{N}]/u;
const CLAUSE_END = /[。；，、;！？!?\n|]/;

/** Offsets of every `*` that stands for ×. */
export function productMarks(text: string): number[] {
  const found: number[] = [];
  for (const { index } of text.matchAll(/(?<!\*)\*(?!\*)/g))
    if (!isEscaped(text, index) && isProduct(text, index)) found.push(index);
  return found;
}

function isProduct(text: string, at: number): boolean {
  const lineBefore = text.slice(Math.max(0, at - REACH), at).replace(/^[\s\S]*\n/, '');
  const lineAfter = text.slice(at + 1, at + 1 + REACH).replace(/\n[\s\S]*$/, '');
  const before = lineBefore.replace(/[ \t\u3000]+$/, '');
  const after = lineAfter.replace(/^[ \t\u3000]+/, '');
  const number = LEFT_NUMBER.test(before);
  const word = LEFT_WORD.test(before);
  if ((number || word) && (RIGHT_NUMBER.test(after) || RIGHT_WORD.test(after))) return true;
  if (LEFT_NUMERAL.test(before) && RIGHT_NUMERAL.test(after)) return true;
  const isTight = before === lineBefore && after === lineAfter;
  return isTight && FACTOR.test(before.at(-1) ?? '') && FACTOR.test(after[0] ?? '') && inEquation(text, at);
}

/** Whether a `*` stands on the right side of an equation, with a factor on both sides of each `*` there. */
function inEquation(text: string, at: number): boolean {
  const before =
    text
      .slice(Math.max(0, at - REACH), at)
      .split(CLAUSE_END)
      .at(-1) ?? '';
  const after = text.slice(at + 1, at + 1 + REACH).split(CLAUSE_END)[0] ?? '';
  const [first = '', ...rest] = `${before}*${after}`.split('*');
  if (!/[\p{L}\p{N})）][ ]?[=＝≈][^=]*$/u.test(first) || /[=＝≈]/.test(rest.slice(0, -1).join('')))
    return false;
  return (
    FACTOR.test(first.at(-1) ?? '') &&
    rest.every(
      (factor, index) =>
        FACTOR.test(factor[0] ?? '') && (index === rest.length - 1 || FACTOR.test(factor.at(-1) ?? '')),
    )
  );
}
