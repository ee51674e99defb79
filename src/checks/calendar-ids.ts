import type { Problem } from '../model/problems.ts';
import type { Corpus } from './corpus.ts';

/** A UID is for life and for one happening only (RFC 5545, 3.8.4.7). */
export function checkCalendarIds({ files }: Corpus): Problem[] {
  const owners = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { data, file, entry } of files) {
    if (typeof data.uid !== 'string') continue;
    const owner = owners.get(data.uid);
    if (owner)
      problems.push({
        severity: 'error',
        file,
        line: entry.lineOf(['uid']),
        field: '「日历编号」',
        message: `与 ${owner} 相同；复制内容以后请换一个新编号`,
      });
    else owners.set(data.uid, file);
  }
  return problems;
}
