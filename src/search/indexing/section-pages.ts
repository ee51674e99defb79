import { SECTIONS } from '../../types/sections.ts';

/** Pages that people ask for by what they want to do, and that no entry of the content stands for. */

interface SectionPage {
  title: string;
  address: string;
  summary: string;
  /** How people ask for it. */
  text: string;
}

/** The sections' lists, and what a school does with the caravan. */
export const sectionPages = (): SectionPage[] => [
  {
    title: '请大篷车来',
    address: '/caravan/request/',
    summary: '还空着的日子、怎样申请、申请表。',
    text: '申请大篷车\n预约大篷车\n大篷车能来我们学校吗\n怎么请科普大篷车到学校、社区、村里\n申请表',
  },
  {
    title: '大篷车日程',
    address: SECTIONS.caravan.address,
    summary: '科普大篷车哪天到哪所学校。',
    text: '大篷车哪天来我们学校\n大篷车什么时候来\n大篷车安排\n日程表',
  },
  {
    title: '订阅大篷车日历',
    address: '/caravan/subscribe/',
    summary: '改期、取消自己更新到手机日历里。',
    text: '手机日历\n订阅日程\n改期了怎么知道',
  },
  {
    title: SECTIONS.bases.label,
    address: SECTIONS.bases.address,
    summary: '哪里有科普基地，什么时候开放，怎样预约。',
    text: '附近的基地开不开放\n带孩子去哪里玩\n参观基地\n预约参观',
  },
  {
    title: SECTIONS.events.label,
    address: SECTIONS.events.address,
    summary: '近期的科普活动，怎样参加。',
    text: '最近有什么活动\n怎么报名\n参加活动',
  },
  {
    title: SECTIONS.rumours.label,
    address: SECTIONS.rumours.address,
    summary: '传得多的说法是真是假。',
    text: '这条消息是真是假\n谣言\n朋友圈传的是真的吗',
  },
];
