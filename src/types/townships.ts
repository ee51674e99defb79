import { z } from 'zod';
import { coordinates, itemId } from '../model/common.ts';
import { choice, group, internal, line, list, number, optional, reference, text, yesNo } from '../model/fields.ts';
import { defineList } from '../model/type.ts';

/** 乡镇和街道。schema.org AdministrativeArea. */
export const townships = defineList({
  name: 'townships',
  label: '乡镇街道',
  singular: '乡镇（街道）',
  description: '全县的乡镇和街道；示意地图按这里的位置画。',
  summary: '{{fields.name}}',
  item: z.strictObject({
    id: itemId(),
    name: line({ label: '名称', max: 20 }),
    kind: choice({ label: '种类', options: { town: '镇', township: '乡', subdistrict: '街道' } }),
    description: optional(text({ label: '简介', max: 200 })),
    outline: internal(
      list(
        line({
          label: '顶点',
          hint: '示意地图上的「x,y」，各 0 到 1000。',
          pattern: [/^\d{1,4}(\.\d+)?,\d{1,4}(\.\d+)?$/, '写成 120,340 的样子'],
        }),
        { label: '示意图轮廓', itemLabel: '顶点' },
      ),
    ),
    distance: optional(number({ label: '距县城（公里）', integer: false, max: 500 })),
    minutes: optional(
      number({
        label: '从县城开车（分钟）',
        hint: '大篷车平时要开多久；县城所在地写 0。用来看两站之间来不来得及。',
        max: 600,
      }),
    ),
    roads: list(
      group(
        {
          to: reference({ label: '到', to: 'townships' }),
          minutes: number({ label: '开车（分钟）', min: 1, max: 600 }),
        },
        { label: '路' },
      ),
      {
        label: '不经县城的近路',
        hint: '直接开到相邻乡镇的路，两头写一头就行；没有就空着，按经过县城算。',
        itemLabel: '路',
        summary: '{{fields.to}} {{fields.minutes}} 分钟',
      },
    ),
    coordinates: optional(coordinates()),
  }),
});

export const ORGANISATION_KINDS = {
  party: '党群部门',
  government: '政府部门',
  institution: '事业单位',
  school: '学校',
  enterprise: '企业',
  association: '学会协会',
  'township-kexie': '乡镇科协',
  'school-kexie': '学校科协',
  'enterprise-kexie': '企业科协',
} as const;

/** Hosts are matched to organisations by this: full-width letters and spaces make no other name. */
export const organisationKey = (name: string): string => name.normalize('NFKC').replace(/\s/g, '');

/** 单位：成员单位、合作单位和基层科协。schema.org Organization. */
export const organisations = defineList({
  name: 'organisations',
  label: '单位',
  singular: '单位',
  description:
    '成员单位、合作单位和乡镇、学校、企业科协；活动的主办、协办单位写这里的名称或简称，就算在它的名下。',
  summary: '{{fields.name}}',
  item: z.strictObject({
    id: itemId(),
    name: line({ label: '名称', max: 60 }),
    kind: optional(choice({ label: '种类', options: ORGANISATION_KINDS })),
    aliases: list(line({ label: '名称', max: 60 }), {
      label: '简称和别名',
      hint: '别处还会写成什么，如「县司法局」；写成这些名称的主办单位也算在它的名下。',
      itemLabel: '名称',
    }),
    member: yesNo({ label: '成员单位', hint: '科普工作的成员单位，单独列出。' }),
    township: optional(reference({ label: '所在乡镇（街道）', to: 'townships' })),
    description: optional(text({ label: '简介', max: 200 })),
  }),
});
