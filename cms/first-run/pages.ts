import { pages } from '../../src/types/site.ts';
import { writeFile } from '../documents/format.ts';

/** Pages that most counties want, as drafts: what only the county knows stands in 【】 until somebody writes it. */

export interface SitePage {
  slug: string;
  title: string;
  summary: string;
  body: string;
}

export const STARTING_PAGES: readonly SitePage[] = [
  {
    slug: 'about',
    title: '机构简介',
    summary: '我们是谁，做什么，怎样找到我们。',
    body: `## 我们是谁

【单位全称、成立时间、主管部门】

## 做什么

- 科学普及：【常年开展的科普活动】
- 服务科技工作者：【学会、协会和人才工作】
- 服务农村：【农技推广、科普示范】

## 怎样找到我们

【地址、办公电话、办公时间；不写个人手机】`,
  },
  {
    slug: 'service-guide',
    title: '服务指南',
    summary: '请大篷车到校、请专家讲课、参观科普基地，各找谁、要带什么。',
    body: `## 请科普大篷车来

学校可以在[大篷车](/caravan/)栏目查日程。要请它来，【怎样申请、多久答复】。

## 请专家讲课

【哪些题目、提前多久联系、收不收费】

## 参观科普基地

[科普基地](/bases/)里有每一处的开放时间。【团体参观怎样预约】`,
  },
  {
    slug: 'volunteer-guide',
    title: '志愿者指南',
    summary: '怎样加入科技志愿服务队，做些什么。',
    body: `## 怎样加入

1. 【在哪里注册】
2. 【参加培训的时间和地点】

## 做些什么

- 【岗位一：要会什么、一次多久】
- 【岗位二】

## 几条规矩

- 不收群众的钱和东西，不推销。
- 拍照先问本人；未成年人要监护人书面同意。
- 说科学上有定论的话，拿不准的说「我查清楚再告诉你」。`,
  },
];

/** The file of a page. @param day `YYYY-MM-DD`, when it is written */
export const pageText = ({ title, summary, body }: SitePage, day: string): string =>
  writeFile({ data: { title, summary, nav: true, published: day }, body }, 'mdx', pages.schema);
