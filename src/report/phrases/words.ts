import { numberInCharacters } from '../../calendar/text.ts';
import { wordsIn } from '../../types/report-phrases.ts';
import type { OutlinePhrase } from '../../types/report.ts';
import type { Material, ReportRecord } from '../material.ts';
import { NAME_WORDS, plainTitle, plainWords } from './names.ts';
import { countQuantity, investmentQuantity, type Quantity } from './quantity.ts';
import type { Scope } from './scope.ts';

/** The words that phrases may have in braces, next to the indicators' names and `NAME_WORDS`. */

const joined = (names: readonly (string | undefined)[]): string | undefined =>
  [...new Set(names.filter((name) => name !== undefined && name !== ''))].join('、') || undefined;

const withPrefix = (prefix: string, text: string | undefined) =>
  text === undefined ? undefined : prefix + text;

/** Words that name one thing of the site or of the scope. */
export const TEXT_WORDS: Readonly<
  Record<string, { means: string; of: (scope: Scope, material: Material) => string | undefined }>
> = {
  年份: { means: '汇报的年份', of: (_, { year }) => String(year) },
  单位: { means: '站点设置里的主办单位', of: (_, { association }) => association },
  县名: { means: '站点设置里的县名', of: (_, { county }) => county },
  活动: {
    means: '这一段所说品牌活动的名称',
    of: ({ campaigns }) => joined(campaigns.map(({ data }) => plainTitle(data.title))),
  },
  主题: { means: '品牌活动的主题', of: ({ campaigns }) => joined(campaigns.map(({ data }) => data.theme)) },
  届次: {
    means: '品牌活动是第几届，写成「第三十届」',
    of: ({ campaigns }) => {
      const edition = campaigns[0]?.data.edition;
      return edition === undefined ? undefined : `第${numberInCharacters(edition)}届`;
    },
  },
  板块: { means: '板块的名称', of: ({ strand }) => strand?.name },
  说明: {
    means: '板块的说明，到第一个数字为止；没有说明就列出板块里的活动',
    of: ({ strand, records }) =>
      plainWords(strand?.description) ??
      withPrefix('开展', joined(records.map(({ data }) => plainTitle(data.title)))),
  },
};

export const COUNT_WORDS: Readonly<
  Record<string, { means: string; of: (material: Material, records: readonly ReportRecord[]) => Quantity }>
> = {
  数量: { means: '这些记录一共几条、几处、几个', of: countQuantity },
  投资: { means: '这些阵地的投资合计', of: investmentQuantity },
};

/** Stands for all figures of the scope, each in its own phrase of the outline. */
export const ALL_FIGURES = '各项数字';

/** The indicator of a word: by its name in the dictionary, or by its id. */
export const indicatorOf = ({ records }: Pick<Material, 'records'>, word: string) =>
  records.dictionary.find(({ name, id }) => name === word || id === word);

/** Ids of the indicators that phrases name one by one. */
export const indicatorsNamed = (phrases: readonly OutlinePhrase[], material: Material): Set<string> =>
  new Set(
    phrases.flatMap(({ text }) => wordsIn(text).flatMap(({ word }) => indicatorOf(material, word)?.id ?? [])),
  );

/** Words that say nothing of the records. */
const SITE_WORDS: readonly string[] = ['年份', '单位', '县名'];

/** Whether a phrase asks the records for something. */
export const asksRecords = (text: string): boolean =>
  wordsIn(text).some(({ word }) => !SITE_WORDS.includes(word));

/** Whether a word in braces means anything. */
export const isWord = (word: string, material: Pick<Material, 'records'>): boolean =>
  [TEXT_WORDS, NAME_WORDS, COUNT_WORDS].some((words) => Object.hasOwn(words, word)) ||
  word === ALL_FIGURES ||
  indicatorOf(material, word) !== undefined;
