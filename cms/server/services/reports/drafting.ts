import { readCorpus } from '../../../../src/checks/corpus.ts';
import { checkContent, subjectOf } from '../../../../src/checks/index.ts';
import type { Problem } from '../../../../src/model/problems.ts';
import {
  type Changes,
  changeLines,
  changesBetween,
  composeReport,
  type Difference,
  type Doubt,
  hasChanges,
  readMaterial,
  readOutline,
  type Report,
  reportDocx,
  reportMarkdown,
  summaryDocx,
  summaryMarkdown,
  summaryOf,
} from '../../../../src/report/index.ts';
import type { Content } from '../../../../src/store/index.ts';

/** One draft of a year's report, from the content to its files; the command line and the office make it alike. */

/** What happens one after the other, as progress shows it. */
export const STEPS = ['读取全部记录', '核对前后矛盾的数据', '按提纲写成汇报', '做成 Word 文件'] as const;

export interface DraftFile {
  name: string;
  bytes: Uint8Array;
}

export interface MadeDraft {
  report: Report;
  /** Against the draft before; undefined without one. */
  changes: Changes | undefined;
  /** Whether the outline is the one that came with the program. */
  isSample: boolean;
  /** Errors of entries, which are left out until they are mended. */
  leftOut: Problem[];
  /** The report in Word and Markdown, and the one-page summary in both. */
  files: DraftFile[];
}

export interface DraftOptions {
  content: Content;
  year: number;
  /** Day of the draft, `YYYY-MM-DD`. */
  on: string;
  /** The draft before, and how to call it: 「2026年11月20日的草稿（张三）」. */
  before?: { report: Pick<Report, 'figures' | 'records'>; name: string } | undefined;
  /** Called as each step begins, with its index in `STEPS`. */
  onStep?: (step: number) => void;
}

/** No report is made from an outline with errors; `problems` says where they are and what to do. */
export class OutlineRefusal extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('工作汇报的提纲有错误，改好以后再生成');
    this.problems = problems;
  }
}

/** Names of a draft's files. */
export const fileNames = (county: string, year: number) => {
  const base = `${county}科协${year}年工作汇报`;
  return {
    docx: `${base}.docx`,
    markdown: `${base}.md`,
    brief: `${base}摘要.docx`,
    briefMarkdown: `${base}摘要.md`,
  };
};

/** Official documents have other quotation marks than the desk. */
const inReport = (message: string) => message.replaceAll('「', '“').replaceAll('」', '”');

/** What the checks found to disagree about records of the year, except what the report says already. */
function doubtsOf(problems: readonly Problem[], { records, doubts }: Report): Doubt[] {
  const known = new Map(records.map((record) => [record.id, record]));
  const told = new Set(doubts.flatMap(({ sources }) => sources.map(({ id }) => id)));
  return problems.flatMap((problem): Doubt[] => {
    const [, id = ''] = /([\w-]+\/[\w-]+)\.(?:mdx|yaml)$/.exec(problem.file) ?? [];
    const source = known.get(id);
    if (subjectOf(problem) !== 'contradictions' || !source || told.has(id)) return [];
    return [{ title: source.title, text: inReport(problem.message), sources: [source] }];
  });
}

/**
 * Makes a draft from what the content says now.
 *
 * @throws OutlineRefusal
 */
export async function makeDraft({
  content,
  year,
  on,
  before,
  onStep = () => {},
}: DraftOptions): Promise<MadeDraft> {
  onStep(0);
  const material = readMaterial(content, year);
  const { outline, problems, isSample } = readOutline(content, material.records.dictionary);
  if (!outline) throw new OutlineRefusal(problems);
  onStep(1);
  const found = checkContent(readCorpus(content));
  onStep(2);
  const composed = composeReport({ outline, material, on });
  const report = { ...composed, doubts: [...composed.doubts, ...doubtsOf(found, composed)] };
  const changes = before && changesBetween(before.report, report);
  onStep(3);
  const difference: Difference | undefined =
    changes && before && hasChanges(changes)
      ? { since: before.name, lines: changeLines(changes) }
      : undefined;
  const leftOut = found.filter(({ severity, rule }) => severity === 'error' && rule === 'reading');
  return { report, changes, isSample, leftOut, files: await filesOf(report, material.county, difference) };
}

async function filesOf(
  report: Report,
  county: string,
  difference: Difference | undefined,
): Promise<DraftFile[]> {
  const names = fileNames(county, report.year);
  const summary = summaryOf(report);
  const text = (markdown: string) => new TextEncoder().encode(markdown);
  return [
    { name: names.docx, bytes: await reportDocx(report, difference) },
    { name: names.markdown, bytes: text(reportMarkdown(report)) },
    { name: names.brief, bytes: await summaryDocx(summary, report.association) },
    { name: names.briefMarkdown, bytes: text(summaryMarkdown(summary)) },
  ];
}
