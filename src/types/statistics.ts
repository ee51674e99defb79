import { itemId } from '../model/common.ts';
import { z } from 'zod';
import { choice, choices, date, internal, line, number, optional, reference, text, yesNo } from '../model/fields.ts';
import { defineList, defineType } from '../model/type.ts';
import { EVENT_KINDS } from './events.ts';

/** 计量单位。人（多少人）和人次（多少次参加）永不相加。 */
export const UNITS = {
  person: '人',
  attendance: '人次',
  copy: '份',
  volume: '册',
  piece: '件',
  panel: '面',
  session: '场',
  count: '个',
  yuan: '元',
  site: '处',
  report: '篇',
  time: '次',
  item: '条',
  award: '项',
  ticket: '张',
  group: '支',
  percent: '%',
} as const;

/** Kinds of happenings that have results of their own: the kinds of events, and a stop of the caravan. */
export const RESULT_KINDS = { ...EVENT_KINDS, caravan: '大篷车站次' } as const;

/**
 * Where a derived indicator comes from, as the dictionary offers it; how each is counted is in `src/statistics/derived.ts`.
 */
export const DERIVATIONS = {
  'sessions-training': '培训、讲座的场次之和（活动自己填了这一项的，按它填的）',
  'sessions-fair': '科普集市的场次之和（活动自己填了这一项的，按它填的）',
  'sessions-volunteer': '有科技志愿服务队参加的活动场次之和（活动自己填了这一项的，按它填的）',
  'sessions-caravan': '办完的大篷车站次之和',
  uploads: '已上传平台的活动和站次的场次之和',
  investment: '当年建成的阵地的投资之和',
  'facilities-estation': '当年建成的科普 e 站数量之和',
  'facilities-gallery': '当年建成的电子科普画廊数量之和',
  'facilities-board': '当年建成的科普宣传栏数量之和',
  'facilities-hall': '当年建成的科普馆数量之和',
  surveys: '当年决策咨询调研报告的篇数之和',
  placements: '文件资料里当年的刊登情况篇次之和',
  'bases-recommended': '当年推荐申报称号的基地和社区数',
  'persons-recommended': '当年推荐申报荣誉的个人数',
  'honours-awarded': '县科协、基地、志愿队和个人当年获评的荣誉数',
  'base-visitors': '各基地当年的参观人次之和',
  'teams-volunteer': '年末的科技志愿服务分队支数之和',
  'teams-training': '当年成立的技术培训队支数之和',
  'teams-clinic': '当年设立的健康义诊咨询点个数之和',
} as const;

export type Derivation = keyof typeof DERIVATIONS;

/** 年度数据：不能从记录得出的存量和手工数。 */
export const statistics = defineType({
  name: 'statistics',
  label: '年度数据',
  singular: '数据',
  description:
    '一年里的存量和手工填报数；能从活动、阵地、荣誉等记录得出的指标（词典里选了「由记录得出」的）不填在这里。',
  format: 'yaml',
  address: null,
  summary: '{{title}} · {{date}}',
  sortableFields: ['date', 'title'],
  dateField: 'date',
  schema: z.strictObject({
    title: line({ label: '名称', max: 60 }),
    indicator: reference({
      label: '指标',
      hint: '词典里选了「由记录得出」的指标不能选：改对应的记录，数就跟着变。',
      to: 'indicators',
    }),
    date: date({ label: '截止或统计日期', hint: '存量写 12 月 31 日。' }),
    value: optional(number({ label: '数值', hint: '没有数就空着。', integer: false })),
    approximate: yesNo({ label: '约数' }),
    source: line({ label: '出处', hint: '数据从哪里来。', max: 120 }),
    note: optional(text({ label: '说明', max: 300 })),
  }),
});

/** 指标词典。 */
export const indicators = defineList({
  name: 'indicators',
  label: '指标词典',
  singular: '指标',
  description: '每个数字的名称、单位和口径。',
  summary: '{{fields.name}}（{{fields.unit}}）',
  item: z.strictObject({
    id: itemId(),
    name: line({ label: '名称', max: 40 }),
    unit: choice({ label: '单位', options: UNITS }),
    nature: choice({
      label: '性质',
      options: { flow: '流量（1 月 1 日至 12 月 31 日累计）', stock: '存量（12 月 31 日的数）' },
    }),
    deduplication: optional(text({ label: '去重口径', max: 200 })),
    derived: optional(
      choice({
        label: '由记录得出',
        hint: '选了，这个指标就从别的内容里自动算出，不能再填成年度数据；没有记录可算的指标空着。',
        options: DERIVATIONS,
      }),
    ),
    summable: yesNo({
      label: '各项之间可以相加',
      hint: '同一个人、同一个单位会在几项活动里重复出现的，不要勾选。',
      initial: true,
    }),
    form: optional(line({ label: '科普统计表号', max: 40 })),
    kinds: internal(
      optional(
        choices({
          label: '办完哪些活动要问',
          hint: '「补成果」先问的就是这些；没有选到的，补的时候也能用「加一项」找到。',
          options: RESULT_KINDS,
        }),
      ),
    ),
    headline: internal(yesNo({ label: '首页显示' })),
  }),
});
