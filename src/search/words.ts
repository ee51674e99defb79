/** Words of a query that ask or point rather than name: what is left without them is what the query is about. Pure. */

const words = (text: string) => text.trim().split(/\s+/);

/** Longest first, so that 「什么时候」 goes before 「什么」. */
const QUESTION_WORDS = words(`
  什么时候 什么时间 是什么意思 是不是真的 为什么会 为什么要 有什么用 有啥用 怎么回事 怎么搞的 咋回事 可不可以 是什么原因 是啥原因 什么原因 啥原因
  有什么 有哪些 有没有 为什么 为甚么 是什么 怎么办 咋办呢 咋个办 怎么弄 咋弄 咋整 怎么样 怎么会 怎么了 怎么治 怎么救 怎么着 咋治 咋救 咋样 咋会 咋了 咋办 啥办法 啥时候
  是不是 能不能 要不要 会不会 好不好 该不该 用不用 行不行 可以吗 多少钱 多少度 多少斤 多长时间 多大 要紧吗 要不要紧 请问 想问一下 想问 问一下
  什么 怎么 怎样 如何 为何 为啥 干啥 做啥 何时 哪些 哪个 哪里 哪儿 哪天 哪边 往哪 去哪 在哪 到哪 多少 多久 多长 几个 几天 几点 几次 咋个 咋 啥 甚 嘛
  可以 应该 应当 需要 必须 一下 一点 吗 呢 吧 啊 呀 哩 嘞 么
`).sort((a, b) => b.length - a.length);

const QUESTION = new RegExp(QUESTION_WORDS.join('|'), 'g');

/** Without its question words; words that they parted stay apart. */
export const withoutQuestions = (text: string): string =>
  text.replace(QUESTION, ' ').replace(/ +/g, ' ').trim();

/** Particles, pronouns and the like, between which the words of a sentence stand. */
const PARTICLES = /[的了着吗呢吧把被给让叫跟和与在就都很也还又再是有我你他她它俺咱们这那个得地到上下里来去]/g;

/** A sentence cut at its particles: a last resort, as it also cuts 地震 and 就业. */
export const withoutParticles = (text: string): string =>
  text.replace(PARTICLES, ' ').replace(/ +/g, ' ').trim();

/** Words that name no subject where a day is asked for: 「12月4日有活动吗」. */
const PLANS = /活动|安排|日程|事情|节目|有事|事儿|计划/g;

export const withoutPlans = (text: string): string =>
  text
    .replace(PLANS, ' ')
    .replace(/(^|\s)[有的去来在是](?=\s|$)/g, ' ')
    .replace(/ +/g, ' ')
    .trim();

/** Folk words, the longest first, with the word that is looked up instead: 娃 → 孩子. */
export type Meaning = [words: string[], means: string];

/** The text with each folk word replaced; the same text when there is none. */
export function inPlainWords(text: string, meanings: readonly Meaning[]): string {
  let plain = text;
  for (const [folk, means] of meanings)
    for (const word of folk)
      if (plain.includes(word) && !plain.includes(means)) plain = plain.split(word).join(means);
  return plain;
}
