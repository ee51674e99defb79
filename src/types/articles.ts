import { AUDIENCES, picture, published, sources, summary, title, updated, itemId } from '../model/common.ts';
import { choice, choices, date, group, internal, line, list, notCopied, number, optional, reference, references, text, yesNo } from '../model/fields.ts';
import { defineList, defineType } from '../model/type.ts';
import { z } from 'zod';

export const ARTICLE_KINDS = {
  article: '科普文章',
  rumour: '辟谣',
  experiment: '动手做',
  season: '农时',
} as const;

export const VERDICTS = {
  false: '不实',
  misleading: '误导',
  partly: '部分属实',
  unproven: '尚无定论',
  true: '属实',
} as const;

export const MONTHS = {
  '1': '1 月',
  '2': '2 月',
  '3': '3 月',
  '4': '4 月',
  '5': '5 月',
  '6': '6 月',
  '7': '7 月',
  '8': '8 月',
  '9': '9 月',
  '10': '10 月',
  '11': '11 月',
  '12': '12 月',
} as const;

/** Numbers that a reader in trouble can call, and what each is for. */
export const EMERGENCY_NUMBERS = {
  '110': '报警',
  '119': '消防',
  '120': '急救',
  '122': '交通事故',
  '12356': '心理援助',
  '12379': '灾害预警',
  '95598': '电力抢修',
  '96110': '反诈',
} as const;

export type EmergencyNumber = keyof typeof EMERGENCY_NUMBERS;

/** So many steps stand on the first screen of a phone, and are remembered. */
export const MAX_NOW_STEPS = 3;

/** 「现在就做」：出了事的人先看的几句话和要打的电话；有它的文章在紧急求助页上有一个按钮。 */
const now = () =>
  group(
    {
      when: line({ label: '出了什么事', hint: '紧急求助页按钮上的字，如“吃了野蘑菇”。', max: 12 }),
      steps: list(line({ label: '一步', max: 40 }), {
        label: '先做什么',
        hint: `最多 ${MAX_NOW_STEPS} 步，每步不超过 40 个字，最要紧的在前。`,
        itemLabel: '一步',
      }),
      call: choices({ label: '打哪个电话', options: EMERGENCY_NUMBERS }),
    },
    {
      label: '现在就做',
      hint: '急救、中毒、灾害的文章填写：显示在最上面的红框里，打印、朗读、搜索都在最前。',
    },
  );

/** 文章：科普文章、辟谣、动手做、农时。schema.org Article / ClaimReview / HowTo. */
export const articles = defineType({
  name: 'articles',
  label: '科普文章',
  singular: '文章',
  description: '科普文章、辟谣、动手做和农时提醒。',
  format: 'mdx',
  comesFromWord: true,
  address: (slug) => `/articles/${slug}/`,
  summary: '{{title}} · {{published}}',
  sortableFields: ['published', 'title'],
  dateField: 'published',
  schema: z
    .strictObject({
      title: title(),
      kind: choice({ label: '种类', options: ARTICLE_KINDS, initial: 'article' }),
      summary: summary(),
      now: optional(now()),
      topic: reference({ label: '主题', to: 'topics' }),
      audience: choices({ label: '适合人群', hint: '可多选。', options: AUDIENCES }),
      season: choices({ label: '当季月份', hint: '哪几个月最用得上；全年适用就不选。', options: MONTHS }),
      cover: optional(picture('封面图')),
      author: line({ label: '作者', hint: '真实姓名或编写单位。', max: 40 }),
      reviewer: optional(reference({ label: '审稿专家', to: 'experts' })),
      interests: optional(line({ label: '利益声明', hint: '作者与文中产品、企业有无利益关系。' })),
      published: published(),
      updated: updated(),
      reviewed: notCopied(
        optional(date({ label: '复核日期', hint: '专家通读全文确认仍然正确的日期；只改几个字不算复核。' })),
      ),
      nextReview: internal(
        notCopied(optional(date({ label: '下次复核', hint: '到期会提醒编辑，并在页面上告诉读者。' }))),
      ),
      sources: sources(),
      corrections: notCopied(
        list(
          group(
            { date: date({ label: '更正日期' }), what: text({ label: '更正了什么', max: 300 }) },
            { label: '更正' },
          ),
          {
            label: '更正记录',
            hint: '发布后改正过的错误，公开显示。',
            itemLabel: '更正',
            summary: '{{fields.date}} {{fields.what}}',
          },
        ),
      ),
      claim: optional(line({ label: '流言', hint: '辟谣必填：原话是怎么传的。', max: 120 })),
      verdict: optional(choice({ label: '结论', hint: '辟谣必填。', options: VERDICTS })),
      evidence: optional(text({ label: '依据', hint: '辟谣必填：一两句话说明为什么。', max: 300 })),
      minutes: optional(number({ label: '用时（分钟）', hint: '动手做必填。', min: 1, max: 1440 })),
      cost: optional(
        number({ label: '花费（元）', hint: '动手做：大约要花多少钱，家里都有就写 0。', max: 1000 }),
      ),
      materials: list(line({ label: '材料', max: 80 }), {
        label: '材料',
        hint: '动手做必填：一行一样，写明数量。',
        itemLabel: '材料',
      }),
      related: references({ label: '相关文章', to: 'articles' }),
      bases: references({ label: '相关基地', to: 'bases' }),
      featured: internal(yesNo({ label: '首页推荐' })),
    })
    .superRefine((entry, context) => {
      const need = (field: 'claim' | 'verdict' | 'evidence' | 'minutes') => {
        if (entry[field] === undefined)
          context.addIssue({
            code: 'custom',
            path: [field],
            message: `${ARTICLE_KINDS[entry.kind]}必须填写这一项`,
          });
      };
      if (entry.kind === 'rumour') (['claim', 'verdict', 'evidence'] as const).forEach(need);
      if (entry.kind === 'experiment') {
        need('minutes');
        if (entry.materials.length === 0)
          context.addIssue({ code: 'custom', path: ['materials'], message: '动手做至少要列一样材料' });
      }
      if (entry.now) {
        const { steps, call } = entry.now;
        const wrong = (field: keyof typeof entry.now, message: string) =>
          context.addIssue({ code: 'custom', path: ['now', field], message });
        if (steps.length === 0 || steps.length > MAX_NOW_STEPS)
          wrong('steps', `要写 1 到 ${MAX_NOW_STEPS} 步，现有 ${steps.length} 步`);
        if (call.length === 0) wrong('call', '至少选一个电话');
      }
      if (entry.reviewed && entry.nextReview && entry.nextReview <= entry.reviewed)
        context.addIssue({ code: 'custom', path: ['nextReview'], message: '下次复核要晚于复核日期' });
    }),
});

/** 主题：文章的分类。 */
export const topics = defineList({
  name: 'topics',
  label: '主题',
  singular: '主题',
  description: '文章的分类，顺序就是显示顺序。',
  summary: '{{fields.name}}',
  item: z.strictObject({
    id: itemId(),
    name: line({ label: '名称', max: 12 }),
    description: optional(text({ label: '说明', max: 120 })),
  }),
});
