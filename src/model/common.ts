import {
  choice,
  date,
  group,
  imagePath,
  internal,
  line,
  link,
  list,
  notCopied,
  number,
  optional,
  point,
  reference,
  text,
  yesNo,
} from './fields.ts';
import { LONGEST_SLUG, SLUG, SLUG_RULE } from './slug.ts';

/** Lists and field groups that several content types share. */

/** 《全民科学素质行动规划纲要（2021—2035年）》的五类重点人群，加上不分人群的公众。 */
export const AUDIENCES = {
  youth: '青少年',
  farmers: '农民',
  workers: '产业工人',
  elders: '老年人',
  officials: '领导干部和公务员',
  public: '社会公众',
} as const;

/** Levels of an honour, a fund or an issuing body. */
export const LEVELS = { national: '国家级', provincial: '省级', city: '市级', county: '县级' } as const;

/** The `id` of an item of a list: part of addresses, and what references name. */
export const itemId = () =>
  line({
    label: '网址名',
    hint: '小写字母、数字和短横，定了不再改。',
    max: LONGEST_SLUG,
    pattern: [SLUG, SLUG_RULE],
  });

export const title = () => line({ label: '标题', hint: '一句话说清内容，不超过 60 个字。', max: 60 });

export const summary = () =>
  text({ label: '摘要', hint: '列表和分享时显示的一两句话，不超过 120 个字。', max: 120 });

/** A picture with what a reader who cannot see it needs, and who allows its use. */
export const picture = (label: string, hint?: string) =>
  group(
    {
      src: imagePath({ label: '图片', hint: '上传图片；宽度最好在 1200 像素以上。' }),
      alt: line({ label: '替代文字', hint: '给看不见图的人：图里画了什么、说明什么。', max: 120 }),
      license: line({ label: '授权', hint: '例如「本站绘制，CC BY 4.0」「张三摄，已授权」。', max: 80 }),
      caption: optional(line({ label: '图注', max: 120 })),
    },
    { label, hint },
  );

/** A reference that a reader can check. */
export const sources = () =>
  list(
    group(
      {
        title: line({
          label: '题名',
          hint: '书名、文章名、标准名及编号，如「GB 2763—2021 食品中农药最大残留限量」。',
        }),
        publisher: optional(line({ label: '作者或发布单位' })),
        year: optional(number({ label: '年份', min: 1900, max: 2100 })),
        url: optional(link({ label: '网址' })),
      },
      { label: '资料来源' },
    ),
    {
      label: '资料来源',
      hint: '读者能查到的书、论文、标准或官方文件。',
      itemLabel: '来源',
      summary: '{{fields.title}}',
    },
  );

/** One measured result of an event or stop. An unknown figure stays empty: absent is not zero. */
export const results = () =>
  list(
    group(
      {
        indicator: reference({
          label: '指标',
          hint: '从指标词典里选。词典里选了「由记录得出」的不用填，会自动算；培训、集市等办了几场，写在「场次」一栏。',
          to: 'indicators',
        }),
        value: optional(number({ label: '数值', hint: '没有数就空着，不要写 0。', integer: false })),
        approximate: yesNo({ label: '约数', hint: '原始记录写「余」「多」「约」时勾选。' }),
        method: optional(choice({ label: '得数方法', options: { measured: '实测', estimated: '估计' } })),
        item: optional(
          line({ label: '细目', hint: '同一指标分几笔时说明是什么，如「县博物馆参观门票」。', max: 60 }),
        ),
        evidence: internal(optional(line({ label: '依据', hint: '签到表、照片、发放登记等。' }))),
        reportedBy: internal(optional(line({ label: '填报人或单位', max: 40 }))),
      },
      { label: '成果' },
    ),
    {
      label: '活动成果',
      hint: '办完以后填写，年度数据由这里自动汇总。',
      itemLabel: '成果',
      summary: '{{fields.indicator}} {{fields.value}}',
    },
  );

export const COORDINATE_SYSTEMS = {
  gcj02: 'GCJ-02（高德、腾讯）',
  wgs84: 'WGS-84（GPS）',
  schematic: '示意（演示县虚构坐标）',
} as const;

/** Where something is, and in which coordinate system the figures are. */
export const coordinates = () =>
  point(
    group(
      {
        longitude: number({ label: '经度', min: 73, max: 136, integer: false }),
        latitude: number({ label: '纬度', min: 3, max: 54, integer: false }),
        system: choice({
          label: '坐标系',
          hint: '高德、腾讯地图取的点是 GCJ-02；手机 GPS 取的点是 WGS-84。',
          options: COORDINATE_SYSTEMS,
          initial: 'gcj02',
        }),
      },
      { label: '坐标' },
    ),
  );

export const township = () => reference({ label: '乡镇（街道）', to: 'townships' });

export const published = () =>
  notCopied(date({ label: '发布日期', hint: '第一次公开的日期，不倒填。', initial: 'today' }));
export const updated = () => notCopied(optional(date({ label: '更新日期', hint: '内容有实质改动时填写。' })));
