import { AUDIENCES, LEVELS } from '../../model/common.ts';
import type { Material, ReportRecord } from '../material.ts';

/** Names that records give to a sentence. */

/** The archive's own word for what it does not say: such a text is a blank. */
const NOT_ON_RECORD = '未载';

/** The text, unless it says that it is not on record. */
export const recorded = (text: string | undefined): string | undefined =>
  text === undefined || text.includes(NOT_ON_RECORD) ? undefined : text;

/**
 * A title as a sentence uses it: without closing brackets that hold a figure or a state, 「技术培训（2022年，24场次）」.
 * Figures of the report come from results alone, so that none stands there twice.
 */
export const plainTitle = (title: string): string | undefined =>
  recorded(title)
    ?.replace(/（[^（）]*\d[^（）]*）$|（推荐）$/u, '')
    .trim();

/**
 * The beginning of a record's own words, as far as it holds no figure and nothing that is not on record: 「设立义诊点，
 * 看诊 300 人次。」 → 「设立义诊点」. Undefined when nothing is left.
 */
export function plainWords(text: string | undefined): string | undefined {
  const bare = (text ?? '').replace(/（[^（）]*(?:未载|\d)[^（）]*）/gu, '').replace(/[。；\s]+$/u, '');
  const clauses = bare.split(/(?<=[，。；])/u);
  const end = clauses.findIndex((clause) => /[\d０-９]|未载/u.test(clause));
  const kept = (end < 0 ? clauses : clauses.slice(0, end)).join('').replace(/[，。；、]+$/u, '');
  return kept === '' ? undefined : kept;
}

/** What an honour or a recommendation is called: as the base's own page says it, else as the title does. */
export function awardOf(record: ReportRecord, { ofYear }: Pick<Material, 'ofYear'>): string | undefined {
  if (record.collection !== 'honours') return undefined;
  const { base, year, state, title } = record.data;
  const page = ofYear.find(({ collection, id }) => collection === 'bases' && id === base);
  const named =
    page?.collection === 'bases'
      ? page.data.honours.find((honour) => honour.year === year && honour.state === state)?.name
      : undefined;
  return named ?? plainTitle(title.replace(/（推荐）.*$|：.*$/u, ''));
}

type NamesOf = (record: ReportRecord, material: Material) => (string | undefined)[];

const field =
  (name: string): NamesOf =>
  ({ data }) =>
    name in data ? [recorded((data as unknown as Record<string, string | undefined>)[name])] : [];

const units =
  (name: 'hosts' | 'coHosts'): NamesOf =>
  ({ data }, { names, association }) =>
    name in data
      ? (data as Record<typeof name, string[]>)[name]
          .map((unit) => names.organisations.get(unit) ?? unit)
          .filter((unit) => unit !== association)
      : [];

const school: NamesOf = ({ collection, data }, { names }) =>
  collection === 'caravan' ? [data.school && names.schools.get(data.school)] : [];

const place: NamesOf = (record, material) => {
  const { data } = record;
  const [name] = school(record, material);
  return 'place' in data || record.collection === 'caravan'
    ? [name ?? recorded('place' in data ? data.place : undefined)]
    : [];
};

/** The words that list names, with what each says. */
export const NAME_WORDS: Readonly<Record<string, { means: string; of: NamesOf }>> = {
  名称: { means: '记录的标题', of: ({ data }) => [plainTitle(data.title)] },
  摘要: {
    means: '记录的摘要，到第一个数字为止',
    of: ({ data }) => ('summary' in data ? [plainWords(data.summary)] : []),
  },
  学校: { means: '大篷车到过的学校', of: school },
  地点: { means: '活动、站次、阵地的地点', of: place },
  乡镇: {
    means: '所在乡镇',
    of: ({ data }, { names }) =>
      'township' in data ? [data.township && names.townships.get(data.township)] : [],
  },
  主办单位: { means: '主办单位，不含本单位', of: units('hosts') },
  协办单位: { means: '协办单位', of: units('coHosts') },
  服务主题: { means: '志愿队的服务主题', of: ({ data }) => ('themes' in data ? data.themes : []) },
  面向人群: {
    means: '活动面向的人群',
    of: ({ data }) => ('audience' in data ? data.audience.map((audience) => AUDIENCES[audience]) : []),
  },
  获得者: { means: '荣誉的获得者', of: field('recipient') },
  称号: { means: '荣誉的名称', of: (record, material) => [awardOf(record, material)] },
  级别: { means: '荣誉的级别', of: ({ data }) => ('level' in data ? [LEVELS[data.level]] : []) },
  授予单位: { means: '授予荣誉的单位', of: field('givenBy') },
  联合单位: {
    means: '一起调研、编写文件的单位',
    of: ({ data }) => ('partners' in data ? data.partners : []),
  },
  印发单位: { means: '印发文件的单位', of: field('issuedBy') },
  文号: { means: '文件的文号', of: field('number') },
};
