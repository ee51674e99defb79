import { z } from 'zod';
import { BASE_KINDS } from './bases.ts';
import { CAMPAIGN_KINDS } from './campaigns.ts';
import { DOCUMENT_KINDS } from './documents.ts';
import { EVENT_KINDS } from './events.ts';
import { FACILITY_KINDS } from './facilities.ts';
import { RECIPIENTS } from './honours.ts';
import { NEWS_KINDS } from './news.ts';
import { parsePhrase } from './report-phrases.ts';
import { TEAM_KINDS } from './teams.ts';
import {
  choice,
  choices,
  group,
  line,
  list,
  number,
  optional,
  reference,
  text,
  yesNo,
} from '../model/fields.ts';
import { defineSettings } from '../model/type.ts';

/** The outline of the yearly work report: which paragraphs it has, and the phrases that the records fill in. */

const kindsOf = (type: string, label: string, kinds: Readonly<Record<string, string>>) => ({
  [type]: `${label}：全部`,
  ...Object.fromEntries(
    Object.entries(kinds).map(([kind, name]) => [`${type}/${kind}`, `${label}：${name}`]),
  ),
});

const HONOUR_STATES = { awarded: '获评', recommended: '推荐' };

const honourKinds = Object.fromEntries(
  Object.entries(HONOUR_STATES).flatMap(([state, stateName]) => [
    [state, `${stateName}的`],
    ...Object.entries(RECIPIENTS).map(([kind, name]) => [`${state}-${kind}`, `${stateName}的，授予${name}`]),
  ]),
) as Record<string, string>;

/** Which records a phrase tells of: a type, or a type and a kind, `events/training`; honours by state and recipient. */
export const REPORT_SOURCES: Readonly<Record<string, string>> = {
  ...kindsOf('campaigns', '品牌活动', CAMPAIGN_KINDS),
  ...kindsOf('events', '活动', EVENT_KINDS),
  caravan: '大篷车站次',
  ...kindsOf('facilities', '阵地', FACILITY_KINDS),
  ...kindsOf('bases', '基地', BASE_KINDS),
  ...kindsOf('honours', '荣誉', honourKinds),
  ...kindsOf('documents', '文件', DOCUMENT_KINDS),
  ...kindsOf('teams', '志愿队', TEAM_KINDS),
  ...kindsOf('news', '动态', NEWS_KINDS),
};

/** GB/T 9704: the numbering of headings by level. */
export const HEADING_LEVELS = {
  none: '不写标题（前言）',
  '1': '一、',
  '2': '（一）',
  '3': '1.',
  '4': '（1）',
} as const;

export const WHEN_BLANK = { fill: '写【待填】', omit: '不写这一句' } as const;

const whenBlank = () =>
  choice({
    label: '数字全空缺时',
    options: WHEN_BLANK,
    initial: 'fill',
    hint: '只空缺一部分的，空缺处总写【待填】。',
  }).default('fill');

const phrase = group(
  {
    text: text({
      label: '句式',
      hint: '花括号里的词由记录填上，如「培训{培训人数}」「新建{名称|处}」；能写哪些词见 docs/report.md。句尾不写标点就用逗号接下一句。',
      max: 500,
    }),
    about: choices({
      label: '说哪些记录',
      hint: '不选，就是这一段的全部记录；选了而这一年没有这样的记录，这一句不写。',
      options: REPORT_SOURCES,
    }),
    contains: optional(
      line({ label: '标题里有', hint: '只说标题里有这几个字的记录，如「作风」。', max: 20 }),
    ),
    by: choice({
      label: '怎样写',
      options: { together: '合成一句', each: '一条记录一句', strand: '一个板块一句', award: '一个称号一句' },
      initial: 'together',
    }).default('together'),
    blank: whenBlank(),
    years: list(number({ label: '年份', min: 1950, max: 2100 }), {
      label: '只写进这些年份',
      hint: '没有记录可依据的话（如党建工作），写明是哪一年的，别的年份不会带上。',
      itemLabel: '年份',
    }),
    brief: yesNo({ label: '写进一页摘要' }),
  },
  { label: '句' },
);

const paragraph = group(
  {
    name: optional(
      line({
        label: '段首',
        hint: '如「实施科普示范创建」，前面自动加「一是」「二是」；可以用 {板块}。',
        max: 40,
      }),
    ),
    campaign: optional(
      choice({
        label: '说哪种品牌活动',
        hint: '不选就说全年的记录。',
        options: { ...CAMPAIGN_KINDS, none: '不属于任何品牌活动的' },
      }),
    ),
    repeat: choice({
      label: '写几段',
      options: { once: '一段', campaign: '每项品牌活动一段', strand: '每个板块一段' },
      initial: 'once',
    }).default('once'),
    phrases: list(phrase, { label: '句', itemLabel: '句', summary: '{{fields.text}}' }),
  },
  { label: '段' },
);

/** 工作汇报提纲。 */
export const reportOutline = defineSettings({
  name: 'report',
  label: '工作汇报提纲',
  description: '年度工作汇报分几部分、每一句怎样写；数字和名称由记录自动填上。',
  schema: z
    .strictObject({
      title: line({ label: '标题', hint: '可以用 {单位}、{县名}、{年份}。', max: 60 }),
      emptyYear: text({ label: '全年没有记录时写什么', max: 300 }),
      emptySection: optional(
        text({ label: '一部分没有记录时写什么', hint: '不填，这一部分连标题都不写。', max: 200 }),
      ),
      sections: list(
        group(
          {
            level: choice({ label: '标题级别', options: HEADING_LEVELS }),
            heading: optional(line({ label: '标题', max: 60 })),
            paragraphs: list(paragraph, { label: '段', itemLabel: '段', summary: '{{fields.name}}' }),
          },
          { label: '部分' },
        ),
        { label: '各部分', itemLabel: '部分', summary: '{{fields.heading}}' },
      ),
      figures: list(
        group(
          {
            indicator: reference({ label: '指标', to: 'indicators' }),
            text: line({
              label: '句式',
              hint: '{数} 是数字，{细目} 是成果里写的细目，如「发放科普资料{数}份」。',
              max: 80,
            }),
            blank: whenBlank(),
          },
          { label: '数字的句式' },
        ),
        {
          label: '各项数字怎样说',
          hint: '句式里写 {各项数字} 的地方，有记录的指标照这里的次序一项一句；没有列出的指标写「名称＋数字」。',
          itemLabel: '指标',
          summary: '{{fields.text}}',
        },
      ),
    })
    .superRefine((outline, context) => {
      const look = (phrase: string | undefined, path: PropertyKey[]) => {
        const fault = phrase && parsePhrase(phrase).fault;
        if (fault) context.addIssue({ code: 'custom', path, message: fault });
      };
      look(outline.title, ['title']);
      for (const [at, { heading, level, paragraphs }] of outline.sections.entries()) {
        const path = ['sections', at];
        if (level !== 'none' && heading === undefined)
          context.addIssue({ code: 'custom', path: [...path, 'heading'], message: '有级别的部分要写标题' });
        look(heading, [...path, 'heading']);
        for (const [index, { name, phrases }] of paragraphs.entries()) {
          look(name, [...path, 'paragraphs', index, 'name']);
          for (const [place, { text }] of phrases.entries())
            look(text, [...path, 'paragraphs', index, 'phrases', place, 'text']);
        }
      }
      for (const [at, { text }] of outline.figures.entries()) look(text, ['figures', at, 'text']);
    }),
});

export type ReportOutline = z.output<typeof reportOutline.schema>;
export type OutlineSection = ReportOutline['sections'][number];
export type OutlineParagraph = OutlineSection['paragraphs'][number];
export type OutlinePhrase = OutlineParagraph['phrases'][number];
