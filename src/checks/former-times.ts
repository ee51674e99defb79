import type { Problem } from '../model/problems.ts';
import type { Corpus } from './corpus.ts';

/** Who knows the old time must be able to recognise it. Publishing writes it; files changed by hand may lack it. */
export function checkFormerTimes({ files }: Corpus): Problem[] {
  return files
    .filter(({ data }) => data.state === 'rescheduled' && !data.formerStart)
    .map(({ file, entry }) => ({
      severity: 'error',
      file,
      line: entry.lineOf(['state']),
      field: '「原定开始」',
      message: '改期必须写明原定时间；在后台改期发布时会自动记下',
    }));
}
