import type { Problem } from '../model/problems.ts';
import { labelOfPath } from '../model/schema.ts';
import { bodyLineAt, type CheckedFile, type Corpus, firstOf, textsIn } from './corpus.ts';
import { MISSPELLINGS } from './misspellings.ts';

/** Common typing errors. */
export const checkWording = ({ files }: Pick<Corpus, 'files'>): Problem[] =>
  files.flatMap((checked) => firstOf(mistakesIn(checked)));

function* mistakesIn(checked: CheckedFile): Generator<Problem> {
  const { file, schema, data, entry } = checked;
  for (const { pattern, message } of MISSPELLINGS) {
    for (const { path, text } of textsIn(data))
      if (pattern.test(text))
        yield {
          severity: 'warning',
          file,
          line: entry.lineOf(path),
          field: labelOfPath(schema, path),
          message,
        };
    const lines = new Set<number>();
    for (const { index } of entry.body.matchAll(new RegExp(pattern, `${pattern.flags}g`)))
      lines.add(bodyLineAt(checked, index));
    for (const line of lines) yield { severity: 'warning', file, line, message };
  }
}
