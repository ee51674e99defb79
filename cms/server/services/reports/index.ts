import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { countyDay } from '../../../../src/calendar/clock.ts';
import { dayText } from '../../../../src/calendar/text.ts';
import type { Problem } from '../../../../src/model/problems.ts';
import { exportsOf, type ExportGroup, readMaterial } from '../../../../src/report/index.ts';
import { yearsWithFigures } from '../../../../src/statistics/index.ts';
import type { Content } from '../../../../src/store/index.ts';
import type { Person } from '../../../protocol/roles.ts';
import { type DraftInfo, type KeptDraft, openReportDrafts } from '../../stores/report-drafts.ts';
import { type MadeDraft, STEPS } from './drafting.ts';
import type { Answer, Order } from './worker.ts';

/** The yearly work report in the office: drafts one at a time, kept with their date and their author. */

export { STEPS } from './drafting.ts';

/** What is kept of a draft besides its files. */
export type DraftMade = Omit<MadeDraft, 'files'>;

export interface Job {
  year: number;
  by: string;
  /** Index in `STEPS` of what is being done. */
  step: number;
}

/** How the last job ended that made no draft. */
export interface Failure {
  year: number;
  message: string;
  problems: readonly Problem[];
}

export interface Reports {
  /** Years that hold records, latest first. */
  years: () => number[];
  /** The draft that is being made. */
  job: () => Job | undefined;
  failure: () => Failure | undefined;
  /** Begins a draft; false while another is being made. */
  start: (year: number, person: Pick<Person, 'login' | 'name'>) => boolean;
  /** Newest first. */
  list: () => DraftInfo[];
  read: (id: string) => KeptDraft<DraftMade> | undefined;
  file: (id: string, name: string) => Buffer | undefined;
  remove: (id: string) => boolean;
  exports: (year: number) => ExportGroup[];
  /** Resolves when no draft is being made. */
  settled: () => Promise<void>;
  close: () => Promise<void>;
}

export interface ReportsOptions {
  /** Folder of the drafts. */
  folder: string;
  /** What is published. */
  content: Content;
  now: () => Date;
}

export function openReports({ folder, content, now }: ReportsOptions): Reports {
  const drafts = openReportDrafts<DraftMade>(folder);
  let job: Job | undefined;
  let failure: Failure | undefined;
  let child: ChildProcess | undefined;
  let working: Promise<void> = Promise.resolve();

  /** The newest draft of the same year. */
  function draftBefore(year: number): Order['before'] {
    const last = drafts.list().find((draft) => draft.year === year);
    const read = last && drafts.read(last.id);
    if (!read) return undefined;
    const { figures, records } = read.made.report;
    const day = dayText(countyDay(new Date(read.at)));
    return { report: { figures, records }, name: `${day}的草稿（${read.by.name}）` };
  }

  function make(current: Job, by: DraftInfo['by']): Promise<void> {
    const { year } = current;
    return new Promise((resolve) => {
      const fail = (message: string, problems: readonly Problem[] = []) => {
        failure ??= { year, message, problems };
      };
      let isMade = false;
      const end = () => {
        if (!isMade) fail('没有生成出来。请再试一次；还不行，请告诉维护网站的人。');
        child = undefined;
        job = undefined;
        resolve();
      };
      child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), {
        execArgv: [],
        serialization: 'advanced',
        env: { ...process.env, CONTENT_DIR: content.contentDir },
      });
      child.on('message', (answer: Answer) => {
        if ('step' in answer) current.step = answer.step;
        else if ('problems' in answer) fail('工作汇报的提纲有错误，改好以后再生成。', answer.problems);
        else {
          const { files, ...made } = answer.made;
          try {
            drafts.keep({ year, at: now(), by, made, files });
            isMade = true;
          } catch (error) {
            console.error('存工作汇报的草稿时出错了：', error);
            fail('草稿没有存下，请检查服务器的磁盘是不是满了，再生成一次。');
          }
        }
      });
      child.once('error', (error) => {
        console.error('生成工作汇报时出错了：', error);
        end();
      });
      child.once('close', end);
      child.send({ year, on: countyDay(now()), before: draftBefore(year) } satisfies Order);
    });
  }

  return {
    years: () => yearsWithFigures(readMaterial(content, 0).records),
    job: () => job,
    failure: () => failure,
    start(year, { login, name }) {
      if (job) return false;
      failure = undefined;
      job = { year, by: name, step: 0 };
      working = make(job, { login, name });
      return true;
    },
    list: drafts.list,
    read: drafts.read,
    file: drafts.file,
    remove: drafts.remove,
    exports: (year) => exportsOf(readMaterial(content, year)),
    settled: () => working,
    async close() {
      child?.kill();
      await working;
    },
  };
}

/** How far a job is, 0 to 1. */
export const progressOf = ({ step }: Job): number => (step + 0.5) / STEPS.length;
