import { z } from 'zod';
import { changeProblems } from './change-values.ts';
import { EVENT_STATES, type EventState, REASON_REQUIRED, requiresReason } from '../calendar/states.ts';
import { inGroup, onlyWhen } from '../model/arrangement.ts';
import {
  AUDIENCES,
  coordinates,
  picture,
  published,
  results,
  summary,
  title,
  township,
  updated,
} from '../model/common.ts';
import {
  byServer,
  choice,
  choices,
  group,
  internal,
  line,
  link,
  list,
  moment,
  notCopied,
  number,
  optional,
  reference,
  references,
  text,
  uid,
  yesNo,
} from '../model/fields.ts';
import { defineType } from '../model/type.ts';
import { datePrecision } from './date-precision.ts';

export const EVENT_KINDS = {
  lecture: '讲座',
  training: '培训',
  exhibition: '展览宣传',
  clinic: '义诊咨询',
  fair: '科普集市',
  contest: '竞赛征文',
  launch: '启动仪式',
  classroom: '课堂实践',
  tour: '巡展',
  meeting: '会议',
} as const;

/**
 * Fields whose changes are kept in an entry's history and sent to calendars, with their labels in the form. An event has
 * no `school`.
 */
export const WATCHED_FIELDS = {
  start: '开始',
  end: '结束',
  state: '状态',
  school: '学校',
  place: '地点',
} as const;

/** An event whose date was changed, and one that was called off, tell why. */
const CHANGED = {
  state: (Object.keys(EVENT_STATES) as EventState[]).filter(requiresReason),
};

/** Largest INTEGER of RFC 5545, 3.3.8. */
const MAX_SEQUENCE = 2_147_483_647;

/** Fields that an event and a caravan stop share. */
export const happening = {
  uid: inGroup(
    'advanced',
    uid({ label: '日历编号', hint: '自动生成，终身不变；手机日历靠它认出这是同一场活动。' }),
  ),
  start: moment({ label: WATCHED_FIELDS.start, hint: '北京时间；全天活动只写日期。' }),
  end: inGroup(
    'needs',
    optional(moment({ label: WATCHED_FIELDS.end, hint: '北京时间；只开一天可以不填。' })),
  ),
  datePrecision: datePrecision(),
  sessions: inGroup(
    'results',
    notCopied(
      optional(
        number({
          label: '场次',
          hint: '这一条代表几场；一般是一场，空着就是 1。原始记录只有总场次、没有逐场写明的，合成一条，在这里写几场。',
          min: 1,
          max: 10_000,
        }),
      ),
    ),
  ),
  state: notCopied(
    choice({
      label: WATCHED_FIELDS.state,
      hint: '先「拟定」，再「确认」；确认以后改时间选「改期」，办完选「完成」。',
      options: EVENT_STATES,
      initial: 'tentative',
    }),
  ),
  formerStart: onlyWhen(
    CHANGED,
    notCopied(
      optional(
        moment({
          label: '原定开始',
          hint: '一般不用填：改期发布时自动记下原来的时间。第一次发布就是改期的，才写在这里。',
        }),
      ),
    ),
  ),
  changeReason: onlyWhen(
    CHANGED,
    inGroup(
      'needs',
      notCopied(optional(line({ label: '变更原因', hint: '改期或取消时必填，公开显示。', max: 120 }))),
    ),
  ),
  changedOn: onlyWhen(
    CHANGED,
    notCopied(
      optional(moment({ label: '变更时间', hint: '一般不用填：发布时自动记下什么时候宣布改期或取消的。' })),
    ),
  ),
  sequence: byServer(
    number({
      label: '变更次数',
      hint: '自动计数，不用填：时间、地点、状态有变就加 1。',
      max: MAX_SEQUENCE,
    }).default(0),
  ),
  changes: byServer(
    list(
      group(
        {
          on: moment({ label: '宣布时间' }),
          what: list(
            group(
              {
                field: choice({ label: '改了什么', options: WATCHED_FIELDS }),
                from: optional(line({ label: '原来' })),
                to: optional(line({ label: '改为' })),
              },
              { label: '改动' },
            ),
            { label: '改动' },
          ),
          reason: optional(line({ label: '原因', max: 120 })),
        },
        { label: '变更' },
      ),
      { label: '变更记录', hint: '发布时自动记下，不用填。', itemLabel: '变更' },
    ),
  ),
  hosts: inGroup('people', list(line({ label: '单位', max: 60 }), { label: '主办单位', itemLabel: '单位' })),
  coHosts: inGroup(
    'people',
    list(line({ label: '单位', max: 60 }), { label: '协办单位', itemLabel: '单位' }),
  ),
  experts: inGroup('people', references({ label: '专家', to: 'experts' })),
  results: notCopied(results()),
  platform: inGroup(
    'results',
    notCopied(
      optional(
        line({
          label: '平台编号',
          hint: '已上传「中国志愿科技服务」等平台时填写编号或「已上传」。',
          max: 80,
        }),
      ),
    ),
  ),
  uploads: inGroup(
    'results',
    notCopied(
      optional(
        number({
          label: '已上传场次',
          hint: '一条代表几场、只上传了一部分时填写；空着又写了「平台编号」，就是全部上传。',
          max: 10_000,
        }),
      ),
    ),
  ),
  photoConsent: inGroup(
    'pictures',
    notCopied(
      optional(
        choice({
          label: '照片同意书',
          hint: '有十四周岁以下儿童的照片，必须有监护人同意。',
          options: { none: '没有可辨认的人', recorded: '已取得并存档', missing: '尚未取得（照片不公开）' },
        }),
      ),
    ),
  ),
  photos: inGroup(
    'pictures',
    list(picture('照片'), { label: '照片', itemLabel: '照片', summary: '{{fields.alt}}' }),
  ),
};

interface Happening {
  start: string;
  end?: string | undefined;
  state: EventState;
  changeReason?: string | undefined;
  changes?: Parameters<typeof changeProblems>[0] | undefined;
}

/** Rules that hold between the fields of an event or a stop. */
export const checkHappening = (entry: Happening, context: z.RefinementCtx) => {
  const problem = (path: string, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  if (entry.end && entry.end.length !== entry.start.length)
    problem('end', '「开始」和「结束」要么都写时间，要么都只写日期');
  else if (entry.end && entry.end < entry.start) problem('end', '结束早于开始，请检查');
  if (requiresReason(entry.state) && !entry.changeReason) problem('changeReason', REASON_REQUIRED);
  for (const found of changeProblems(entry.changes ?? [])) context.addIssue({ code: 'custom', ...found });
};

/** 活动。schema.org Event; RFC 5545 VEVENT. */
export const events = defineType({
  name: 'events',
  label: '活动',
  singular: '活动',
  description: '活动预告，办完以后在原处补上成果。',
  format: 'mdx',
  address: (slug) => `/events/${slug}/`,
  summary: '{{title}} · {{start}} · {{state}}',
  sortableFields: ['start', 'title'],
  dateField: 'start',
  schema: z
    .strictObject({
      title: title(),
      kind: choice({ label: '种类', options: EVENT_KINDS }),
      summary: summary(),
      ...happening,
      campaign: inGroup('related', optional(reference({ label: '所属品牌活动', to: 'campaigns' }))),
      strand: inGroup(
        'related',
        optional(line({ label: '所属板块', hint: '品牌活动的板块名，如「科普大篷车进校园」。', max: 40 })),
      ),
      place: line({ label: WATCHED_FIELDS.place, max: 80 }),
      township: optional(township()),
      coordinates: optional(coordinates()),
      base: inGroup('place', optional(reference({ label: '所在基地', to: 'bases' }))),
      facility: inGroup('place', optional(reference({ label: '所在阵地', to: 'facilities' }))),
      teams: inGroup('people', references({ label: '志愿队', to: 'teams' })),
      audience: inGroup('visitors', choices({ label: '面向人群', options: AUDIENCES })),
      open: choice({
        label: '对谁开放',
        options: { public: '公众自由参加', registration: '公众报名参加', members: '本单位或指定对象' },
        initial: 'public',
      }),
      howToJoin: inGroup('visitors', optional(text({ label: '怎样参加', max: 300 }))),
      registration: inGroup('visitors', optional(link({ label: '报名网址' }))),
      capacity: inGroup('visitors', optional(number({ label: '名额（人）', min: 1 }))),
      awards: onlyWhen(
        { kind: ['contest'] },
        inGroup(
          'results',
          list(
            group(
              {
                name: line({ label: '奖项', hint: '如「一等奖」。', max: 20 }),
                work: optional(line({ label: '作品', max: 60 })),
                winner: line({
                  label: '获奖者',
                  hint: '学校、单位或成年人的姓名。未成年人只写学校和姓，如「石桥镇中学 王同学」，并先取得监护人同意。',
                  max: 60,
                }),
              },
              { label: '奖项' },
            ),
            {
              label: '评奖结果',
              hint: '竞赛、征文评出以后填写，按名次排列。',
              itemLabel: '奖项',
              summary: '{{fields.name}} {{fields.winner}}',
            },
          ),
        ),
      ),
      cover: optional(picture('封面图')),
      dateNote: inGroup(
        'record',
        notCopied(
          optional(
            line({ label: '日期说明', hint: '只知道月份等情况时说明，如「具体日期原报告未载」。', max: 60 }),
          ),
        ),
      ),
      published: published(),
      updated: updated(),
      featured: internal(inGroup('related', yesNo({ label: '首页推荐' }))),
    })
    .superRefine(checkHappening),
});
