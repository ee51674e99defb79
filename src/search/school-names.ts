/** Names of schools as people shorten them: 「青禾小学」 for 青禾镇中心小学, 「北川初中」 for 北川镇初级中学. Pure. */

const SCHOOL = /小学|中学|学校|幼儿园|教育中心|职教|特教|初中|高中|完小|九年制/;

/** What may be left out of a name. */
const LEFT_OUT = /街道|中心(?=小学|幼儿园|校)|完全|初级|高级|[县镇乡市区]/g;

/** What is left out when 中心 is said. */
const PLACES = /街道|[县镇乡市区]/g;

/** Which characters of a school's name stay in its short form; all of any other text. */
export function keptInShort(chars: readonly string[], without: 'places' | 'all'): boolean[] {
  const text = chars.join('');
  const kept = chars.map(() => true);
  if (!SCHOOL.test(text)) return kept;
  text.replace(without === 'all' ? LEFT_OUT : PLACES, (part, at: number) => {
    for (let index = at; index < at + part.length; index++) kept[index] = false;
    return part;
  });
  return kept;
}

/**
 * The short forms of a text that names a school; none for any other text. A school of nine years is also called 小学 and 中学.
 */
export function shortNames(text: string): string[] {
  if (!SCHOOL.test(text)) return [];
  const plain = text
    .replace(/初中|高中/g, '中学')
    .replace(/完小|中心校/g, '小学')
    .replace(/职业教育中心/g, '职教中心')
    .replace(/特殊教育/g, '特教')
    .replace(LEFT_OUT, '');
  if (!/九年制/.test(plain)) return plain.length > 2 ? [plain] : [];
  return ['学校', '小学', '中学', '九年制'].map((kind) => plain.replace(/九年制(?:学校)?/, kind));
}

const KINDS: Record<string, string> = { 小: '小学', 中: '中学', 幼: '幼儿园' };

/** Whether two or three characters stand for a school's name: 实小 for 实验小学, 一幼 for 第一幼儿园. */
export function isAbbreviated(typed: string, name: string): boolean {
  const chars = Array.from(typed);
  const kind = KINDS[chars.pop() ?? ''];
  if (!kind || chars.length < 1 || chars.length > 2) return false;
  return shortNames(name).some((short) => new RegExp(`${chars.join('.?')}.?${kind}$`, 'u').test(short));
}
