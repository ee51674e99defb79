import { z } from 'zod';
import { published, summary, title, updated, itemId } from '../model/common.ts';
import { choice, group, internal, line, link, list, mapPath, optional, references, text, yesNo } from '../model/fields.ts';
import { defineList, defineSettings, defineType } from '../model/type.ts';
import { MOST_IN_MENU, SECTION_LABELS } from './sections.ts';

/** 单页：机构简介、服务指南等。schema.org WebPage. */
export const pages = defineType({
  name: 'pages',
  label: '单页',
  singular: '单页',
  description: '机构简介、服务指南、志愿者指南等不常变的页面。',
  format: 'mdx',
  address: (slug) => `/${slug}/`,
  summary: '{{title}}',
  sortableFields: ['title'],
  dateField: 'published',
  schema: z.strictObject({
    title: title(),
    summary: summary(),
    nav: internal(yesNo({ label: '显示在页脚导航' })),
    indicators: references({
      label: '显示的指标',
      hint: '在正文后面显示这些指标最近一年的数，点开看是哪几笔。',
      to: 'indicators',
    }),
    organisations: references({
      label: '显示谁的活动',
      hint: '在正文后面列出这些单位主办、协办的活动。',
      to: 'organisations',
    }),
    published: published(),
    updated: updated(),
  }),
});

/** 别人怎样可以用开放数据。 */
export const OPEN_LICENSES = {
  'cc-by-4.0': '署名 4.0（CC BY 4.0）：写明出处就可以用',
  'cc0-1.0': '放弃权利（CC0 1.0）：随便用',
} as const;

export type OpenLicense = keyof typeof OPEN_LICENSES;

/** Addresses of their texts. */
export const LICENSE_ADDRESSES: Readonly<Record<OpenLicense, string>> = {
  'cc-by-4.0': 'https://creativecommons.org/licenses/by/4.0/',
  'cc0-1.0': 'https://creativecommons.org/publicdomain/zero/1.0/',
};

/** 首页可用的栏目块。 */
export const HOME_BLOCKS = {
  caravan: '大篷车近期站次',
  events: '近期活动',
  featured: '推荐文章',
  season: '本月农时',
  rumours: '辟谣',
  bases: '基地地图',
  figures: '年度数字',
  news: '动态公告',
} as const;

/** Coordinate systems that a map file comes in. */
const MAP_SYSTEMS = { gcj02: 'GCJ-02（高德、腾讯）', wgs84: 'WGS-84（GPS、CGCS2000）' } as const;

/** 站点设置。 */
export const settings = defineSettings({
  name: 'settings',
  label: '站点设置',
  description: '站名、单位、印章、标语、菜单、页脚号码、主题色、首页栏目。',
  page: '/',
  schema: z.strictObject({
    name: line({ label: '站名', max: 30 }),
    shortName: line({ label: '简称', hint: '手机桌面图标下显示，不超过 8 个字。', max: 8 }),
    seal: optional(
      line({
        label: '印章',
        hint: '页头和分享图上印章的字，一到四个；不填用简称的前四个字。',
        max: 4,
      }),
    ),
    slogan: optional(
      line({ label: '首页标语', hint: '首页最大的一行字；不填是「把科学送到家门口」。', max: 16 }),
    ),
    county: line({ label: '县名', max: 20 }),
    province: optional(
      line({ label: '省（自治区、直辖市）', hint: '全称，如「陕西省」；写进给搜索引擎的地址。', max: 20 }),
    ),
    association: line({ label: '主办单位', max: 40 }),
    description: text({ label: '站点简介', max: 160 }),
    demoNotice: optional(
      text({ label: '演示声明', hint: '演示站必须写明内容为虚构县；正式站留空。', max: 200 }),
    ),
    url: link({
      label: '网站地址',
      hint: '正式网址，如 https://kx.example.gov.cn；用于订阅、二维码和分享。',
    }),
    openLicense: optional(
      choice({
        label: '开放数据的许可',
        hint: '别人怎样可以用开放数据和年度数据；不选就不写许可，别人不知道能不能用。',
        options: OPEN_LICENSES,
      }),
    ),
    contact: optional(text({ label: '联系方式', hint: '办公地址和办公电话。', max: 200 })),
    requestsTo: optional(
      text({
        label: '大篷车申请交到哪里',
        hint: '申请页和申请表上的一句话：纸质申请交给谁、办公电话；不写个人手机。',
        max: 200,
      }),
    ),
    identifier: optional(line({ label: '网站标识码', max: 30 })),
    icp: optional(line({ label: 'ICP 备案号', max: 40 })),
    police: optional(line({ label: '公安备案号', max: 40 })),
    errorReport: optional(link({ label: '网站找错入口' })),
    themeColor: line({
      label: '主题色',
      hint: '如 #1f6f5c。',
      pattern: [/^#[0-9a-f]{6}$/i, '写成 #1f6f5c 的样子'],
    }).default('#1f6f5c'),
    menu: list(choice({ label: '栏目', options: SECTION_LABELS }), {
      label: '主菜单',
      hint: `页头的菜单，按显示顺序，最多 ${MOST_IN_MENU} 个；别的栏目在页脚。不填用默认的。`,
      itemLabel: '栏目',
    })
      .refine((menu) => menu.length <= MOST_IN_MENU, `最多 ${MOST_IN_MENU} 个，别的栏目在页脚`)
      .refine((menu) => new Set(menu).size === menu.length, '有一个栏目写了两次'),
    home: list(choice({ label: '栏目', options: HOME_BLOCKS }), {
      label: '首页栏目',
      hint: '按显示顺序；没有内容的栏目自动不显示。',
      itemLabel: '栏目',
    }),
    emergency: references({
      label: '紧急求助页的顺序',
      hint: '填了“现在就做”的文章都在紧急求助页上，这里列出的排在前面。',
      to: 'articles',
    }),
    fairness: yesNo({
      label: '公开各校多久没去',
      hint: '打开后，大篷车栏目里有一页，按大篷车上次到校的时间排列全部学校。',
    }),
    map: optional(
      group(
        {
          outline: optional(
            mapPath({
              label: '县界文件',
              hint: 'GeoJSON，一个乡镇一个面，属性 id 或 name 和乡镇名单一致；不传就画示意图。要和审图号一起填。',
            }),
          ),
          system: optional(
            choice({
              label: '县界文件的坐标系',
              hint: '问提供文件的单位；不填当作 GCJ-02。',
              options: MAP_SYSTEMS,
            }),
          ),
          reviewNumber: optional(
            line({
              label: '审图号',
              hint: '如「陕S(2026)001号」；没有审图号，县界文件不会画出来。',
              max: 40,
            }),
          ),
          note: optional(line({ label: '地图说明', max: 80 })),
        },
        { label: '地图' },
      ),
    ),
  }),
});

/** 同义词：搜索时互相当作同一个词。 */
export const synonyms = defineList({
  name: 'synonyms',
  label: '搜索同义词',
  singular: '同义词组',
  description: '搜索时互相当作同一个词，如「土豆、马铃薯」。',
  summary: '{{fields.words}}',
  item: z.strictObject({
    id: itemId(),
    words: list(line({ label: '词', max: 20 }), { label: '词', itemLabel: '词' }),
  }),
});

/** Looser than a slug: the addresses of a former website followed rules of their own. */
const ADDRESS: [RegExp, string] = [
  /^\/[a-z0-9-]+(?:\/[a-z0-9-]+)*\/$/,
  '写成 /articles/yumi-qingzhu/ 的样子：小写字母、数字和短横，前后都有斜杠',
];

/** 搬家的网址：旧地址自动转到新地址。 */
export const redirects = defineList({
  name: 'redirects',
  label: '搬家的网址',
  singular: '搬家的网址',
  description: '打开旧地址会自动转到新地址。在条目里「更改地址」会自己记到这里；旧网站的地址也可以添进来。',
  summary: '{{fields.id}} → {{fields.to}}',
  item: z.strictObject({
    id: line({
      label: '旧地址',
      hint: '如 /articles/jiu/；那里不能再有别的页面。',
      max: 200,
      pattern: ADDRESS,
    }),
    to: line({
      label: '新地址',
      hint: '如 /articles/xin/，直接写最后的地址。',
      max: 200,
      pattern: ADDRESS,
    }),
  }),
});
