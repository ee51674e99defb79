import type { Problem } from '../model/problems.ts';
import { outlineProblems } from '../report/index.ts';
import { type ReportOutline, reportOutline } from '../types/report.ts';
import { indicators } from '../types/statistics.ts';
import type { Corpus } from './corpus.ts';

/** Words in the outline of the work report that mean nothing, e.g. an indicator that the dictionary no longer has. */
export function checkReportOutline({ files, content }: Corpus): Problem[] {
  const found = files.find(({ kind }) => kind === reportOutline.name);
  if (!found) return [];
  const { file, entry, data } = found;
  return outlineProblems(data as unknown as ReportOutline, content.list(indicators).items, {
    file,
    lineOf: entry.lineOf,
  });
}
