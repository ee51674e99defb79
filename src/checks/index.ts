import type { Problem } from '../model/problems.ts';
import { checkCalendarIds } from './calendar-ids.ts';
import { checkContradictions } from './contradictions.ts';
import type { Corpus } from './corpus.ts';
import { checkCountyMap } from './county-map.ts';
import { checkEarlyStatistics } from './early-figures.ts';
import { checkDerivedIndicators } from './derived-indicators.ts';
import { checkFormerTimes } from './former-times.ts';
import { checkColumns } from './freshness.ts';
import { checkGoods } from './goods.ts';
import { checkHeldAndUploaded } from './held-and-uploaded.ts';
import { checkJumps } from './jumps.ts';
import { checkLinks } from './links.ts';
import { checkMissingPictures } from './missing-picture.ts';
import { checkParts } from './parts.ts';
import { checkPeopleAndAttendances } from './people-and-attendances.ts';
import { checkOrganisations } from './organisations.ts';
import { checkPhotoConsent } from './photo-consent.ts';
import { checkPlanning } from './planning.ts';
import { checkPrivateData } from './private-data.ts';
import { checkRedirects } from './redirects.ts';
import { checkReferences } from './references.ts';
import { checkReportOutline } from './report-outline.ts';
import { checkResults } from './results.ts';
import { checkReviews } from './reviews.ts';
import { checkSayings } from './sayings.ts';
import { checkSourceTitles } from './source-titles.ts';
import { checkStandards } from './standards.ts';
import { checkWording } from './wording.ts';

/** What findings are about, in the order in which editors see them, and what is to be done about all of a kind. */
export const SUBJECTS = {
  columns: { label: '太久没更新', advice: '给这个栏目写一条新的，发布以后就不再提醒。' },
  reviews: {
    label: '过了复核日期',
    advice: '请专家把全文再读一遍，改好后填新的「复核日期」和「下次复核」，再发布。',
  },
  results: {
    label: '活动成果还没补',
    advice: '办完的把状态改成「完成」，填好「活动成果」；没有办的改成「取消」，写明原因。',
  },
  links: { label: '打不开的链接', advice: '换成打得开的网址；找不到新网址的，删去链接，留下文字。' },
  planning: { label: '排期提醒', advice: '看看要不要换个日子或地方；确实能办的，不用改。' },
  contradictions: {
    label: '数据对不上',
    advice: '查原始记录，把错的改正；两个数都对的，在说明里写清楚差在哪里。',
  },
  other: { label: '其他', advice: '按每一条后面写的改；标着「要改」的请先改。' },
} as const;

export type Subject = keyof typeof SUBJECTS;

interface Rule {
  subject: Subject;
  find: (corpus: Corpus) => Problem[];
  /** Whether it also looks at files whose fields have errors. */
  readsBroken?: true;
}

/** The rules, one file each; a new rule is a file and a line here. */
const rules = {
  reading: { subject: 'other', find: ({ problems }) => problems },
  references: { subject: 'other', find: checkReferences },
  countyMap: { subject: 'other', find: checkCountyMap },
  links: { subject: 'links', find: checkLinks },
  redirects: { subject: 'links', find: checkRedirects },
  calendarIds: { subject: 'other', find: checkCalendarIds },
  privateData: { subject: 'other', find: checkPrivateData, readsBroken: true },
  photoConsent: { subject: 'other', find: checkPhotoConsent },
  missingPictures: { subject: 'other', find: checkMissingPictures, readsBroken: true },
  contradictions: { subject: 'contradictions', find: checkContradictions },
  heldAndUploaded: { subject: 'contradictions', find: checkHeldAndUploaded },
  parts: { subject: 'contradictions', find: checkParts },
  jumps: { subject: 'contradictions', find: (corpus) => checkJumps(corpus) },
  peopleAndAttendances: { subject: 'contradictions', find: checkPeopleAndAttendances },
  goods: { subject: 'contradictions', find: checkGoods },
  earlyStatistics: { subject: 'contradictions', find: (corpus) => checkEarlyStatistics(corpus) },
  derivedIndicators: { subject: 'contradictions', find: checkDerivedIndicators },
  organisations: { subject: 'other', find: checkOrganisations },
  sayings: { subject: 'other', find: checkSayings },
  formerTimes: { subject: 'other', find: checkFormerTimes },
  reviews: { subject: 'reviews', find: (corpus) => checkReviews(corpus) },
  results: { subject: 'results', find: (corpus) => checkResults(corpus) },
  columns: { subject: 'columns', find: (corpus) => checkColumns(corpus) },
  planning: { subject: 'planning', find: checkPlanning },
  reportOutline: { subject: 'other', find: checkReportOutline },
  wording: { subject: 'other', find: checkWording, readsBroken: true },
  standards: { subject: 'other', find: checkStandards },
  sourceTitles: { subject: 'other', find: checkSourceTitles },
} as const satisfies Record<string, Rule>;

type RuleName = keyof typeof rules;

/** What a rule found, with its name; `links` is also for what is found by opening pages of other sites. */
export const foundBy = (rule: RuleName, problems: readonly Problem[]): Problem[] =>
  problems.map((problem) => ({ ...problem, rule }));

/** What a finding is about. */
export const subjectOf = ({ rule }: Problem): Subject =>
  rule !== undefined && Object.hasOwn(rules, rule) ? rules[rule as RuleName].subject : 'other';

/** Everything wrong with the content folder, sorted by file and line; nothing is changed. */
export function checkContent(corpus: Corpus): Problem[] {
  const withBroken = { ...corpus, files: [...corpus.files, ...corpus.broken] };
  const problems = (Object.keys(rules) as RuleName[]).flatMap((name) => {
    const { find, readsBroken }: Rule = rules[name];
    return foundBy(name, find(readsBroken ? withBroken : corpus));
  });
  return problems.sort((a, b) => a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0));
}
