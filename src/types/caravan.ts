import { z } from 'zod';
import { hasExactDay } from '../calendar/precision.ts';
import { published, summary, title, updated, itemId } from '../model/common.ts';
import {
  choice,
  choices,
  date,
  group,
  line,
  list,
  notCopied,
  number,
  optional,
  reference,
  text,
} from '../model/fields.ts';
import { defineList, defineType } from '../model/type.ts';
import { checkHappening, happening, WATCHED_FIELDS } from './events.ts';

export const STAGES = {
  kindergarten: '幼儿园',
  primary: '小学',
  junior: '初中',
  senior: '高中',
  community: '社区',
} as const;

/** 站次：科普大篷车到一处展出一次。schema.org Event; RFC 5545 VEVENT. */
export const caravan = defineType({
  name: 'caravan',
  label: '大篷车站次',
  singular: '站次',
  description: '科普大篷车到一所学校或社区展出一次。',
  format: 'mdx',
  address: (slug) => `/caravan/${slug}/`,
  summary: '{{start}} · {{title}} · {{state}}',
  sortableFields: ['start', 'title'],
  dateField: 'start',
  schema: z
    .strictObject({
      title: title(),
      summary: optional(summary()),
      ...happening,
      school: optional(reference({ label: WATCHED_FIELDS.school, to: 'schools' })),
      place: optional(
        line({ label: WATCHED_FIELDS.place, hint: '不在学校时填写，如「新城社区广场」。', max: 80 }),
      ),
      township: optional(
        reference({
          label: '乡镇（街道）',
          hint: '必填；只有日期不准确的旧记录，查不到是哪个乡镇时才可以空着。',
          to: 'townships',
        }),
      ),
      stages: choices({ label: '学段', options: STAGES }),
      vehicle: reference({ label: '车辆', to: 'vehicles' }),
      exhibitSet: optional(
        reference({
          label: '展品套组',
          hint: '必填；只有日期不准确的旧记录，查不到是哪一套时才可以空着。',
          to: 'exhibit-sets',
        }),
      ),
      crew: optional(number({ label: '随车人员（人）', max: 50 })),
      crewGroup: optional(
        line({ label: '随车组', hint: '同一组人每次写同一个名称，如「一组」；不写人名。', max: 20 }),
      ),
      distance: optional(number({ label: '单程里程（公里）', integer: false, max: 1000 })),
      siteNeeds: optional(text({ label: '场地要求', hint: '场地大小、电源、帮手。', max: 200 })),
      open: choice({
        label: '对谁开放',
        options: { closed: '仅本校师生', open: '周边居民也可参观' },
        initial: 'closed',
      }),
      rainRule: optional(line({ label: '雨天安排', max: 120 })),
      campaign: optional(reference({ label: '所属品牌活动', to: 'campaigns' })),
      strand: optional(line({ label: '所属板块', max: 40 })),
      dateNote: notCopied(optional(line({ label: '日期说明', max: 60 }))),
      published: published(),
      updated: updated(),
    })
    .superRefine((entry, context) => {
      checkHappening(entry, context);
      if (hasExactDay(entry)) {
        const require = (field: 'township' | 'exhibitSet', message: string) => {
          if (!entry[field]) context.addIssue({ code: 'custom', path: [field], message });
        };
        require('township', '不能为空，请选乡镇（街道）');
        require('exhibitSet', '不能为空，请选展品套组');
      }
      if (!entry.school && !entry.place)
        context.addIssue({ code: 'custom', path: ['school'], message: '「学校」和「地点」至少填一项' });
    }),
});

/** 场地的几个数：车辆和套组写要多少，学校写有多少；不清楚的空着。 */
const siteFigures = {
  area: optional(number({ label: '空地（平方米）', hint: '平整、硬化、停得下车的一块。', max: 100_000 })),
  power: optional(number({ label: '电源（千瓦）', integer: false, max: 1000 })),
};

const siteNeeds = (hint: string) => optional(group(siteFigures, { label: '需要的场地', hint }));

/** Page of a school. */
export const schoolAddress = (id: string): string => `/caravan/school/${id}/`;

/** 学校。schema.org EducationalOrganization. */
export const schools = defineList({
  name: 'schools',
  label: '学校',
  singular: '学校',
  description: '大篷车去的学校；不写教师的姓名和电话。',
  summary: '{{fields.name}}',
  item: z.strictObject({
    id: itemId(),
    name: line({ label: '校名', max: 40 }),
    township: reference({ label: '乡镇（街道）', to: 'townships' }),
    stages: choices({ label: '学段', options: STAGES }),
    boarding: optional(
      choice({ label: '住宿', options: { day: '走读', boarding: '寄宿', mixed: '走读加寄宿' } }),
    ),
    site: optional(
      group(
        {
          ...siteFigures,
          access: optional(
            choice({ label: '大篷车能不能开进去', options: { open: '能开进', closed: '开不进' } }),
          ),
        },
        { label: '场地', hint: '排日程时和车辆、套组的需要对照；不清楚的空着，空着不提醒。' },
      ),
    ),
  }),
});

/** 车辆。 */
export const vehicles = defineList({
  name: 'vehicles',
  label: '车辆',
  singular: '车辆',
  description: '科普大篷车。',
  summary: '{{fields.name}}',
  item: z.strictObject({
    id: itemId(),
    name: line({ label: '名称', max: 40 }),
    description: optional(text({ label: '说明', max: 300 })),
    siteNeeds: optional(text({ label: '场地要求', hint: '停车和展出需要的场地、电源、帮手。', max: 300 })),
    needs: siteNeeds('连车带展品；排日程时和学校的场地对照。'),
    setup: optional(
      number({ label: '布展（分钟）', hint: '到场后卸车布展要多久；收展装车按同样长算。', max: 600 }),
    ),
  }),
});

/** 展品套组：一次带出去的一组展品，按年级和课程标注。 */
export const exhibitSets = defineList({
  name: 'exhibit-sets',
  label: '展品套组',
  singular: '套组',
  description: '一次带出去的一组展品，写明适合年级和对应课程内容。',
  summary: '{{fields.name}}',
  item: z.strictObject({
    id: itemId(),
    name: line({ label: '名称', max: 40 }),
    description: optional(text({ label: '说明', max: 300 })),
    needs: siteNeeds('这一套比车辆写的还要多时填写。'),
    exhibits: list(
      group(
        {
          name: line({ label: '展品', max: 40 }),
          description: text({ label: '看什么、怎么玩', max: 200 }),
          grades: line({ label: '适合年级', hint: '如「小学三至六年级」。', max: 40 }),
          curriculum: optional(
            line({ label: '对应课程内容', hint: '如「小学科学·声音的产生与传播」。', max: 60 }),
          ),
          article: optional(reference({ label: '延伸阅读', to: 'articles' })),
          experiment: optional(
            reference({ label: '动手做', hint: '课后能在教室或家里做的一篇。', to: 'articles' }),
          ),
          before: optional(text({ label: '课前', hint: '来之前一两天做的一件小事，给教师的话。', max: 160 })),
          during: optional(text({ label: '参观时', hint: '让学生带着走的一两个问题。', max: 160 })),
          after: optional(text({ label: '课后', hint: '回到教室或家里做的一件事。', max: 160 })),
        },
        { label: '展品' },
      ),
      { label: '展品', itemLabel: '展品', summary: '{{fields.name}}' },
    ),
  }),
});

/** Why the caravan makes no visits on some days; public holidays come from `src/calendar/holidays.ts`. */
export const BLOCKED_KINDS = {
  exam: '考试',
  'school-holiday': '学校放假',
  upkeep: '车辆检修',
  other: '其他安排',
} as const;

/** 不排大篷车的日子：考试、寒暑假、车辆检修。 */
export const blockedDays = defineList({
  name: 'blocked-days',
  label: '不排站的日子',
  singular: '一段日子',
  description: '大篷车不出车的日子：考试、寒暑假、车辆检修等；法定节假日不用写，周末和已排的站次会自动避开。',
  summary: '{{fields.from}} 至 {{fields.to}} {{fields.note}}',
  item: z
    .strictObject({
      id: itemId(),
      kind: choice({ label: '原因', options: BLOCKED_KINDS }),
      from: date({ label: '第一天' }),
      to: date({ label: '最后一天', hint: '只有一天就和第一天相同。' }),
      note: line({ label: '说明', hint: '学校看得懂的一句，如「高考」「年检」。', max: 40 }),
      stages: choices({ label: '只影响这些学段', hint: '不选就是所有学校。', options: STAGES }),
      vehicle: optional(
        reference({ label: '只影响这辆车', hint: '车辆检修时选；不选就是所有车。', to: 'vehicles' }),
      ),
    })
    .superRefine(({ from, to }, context) => {
      if (to < from)
        context.addIssue({ code: 'custom', path: ['to'], message: '「最后一天」早于「第一天」，请检查' });
    }),
});
