import type { Problem } from '../model/problems.ts';
import { labelOfPath } from '../model/schema.ts';
import { bodyLineOf, type CheckedFile, type Corpus, firstOf, textsIn } from './corpus.ts';

/** Typing errors that county reports are known for. */
const MISTAKES: [RegExp, string][] = [
  [/新一界|上一?界|本界|第[一二三四五六七八九十\d]+界(?![面限定])/, '「界」应为「届」'],
  [/知识机构/, '「知识机构」应为「知识结构」'],
  [/组织结构代码/, '应为「组织机构代码」'],
  [/帐号|帐户/, '「帐」应为「账」'],
  [/截止(?=\d{4}年\d|目前)/, '「截止」后接时间点应为「截至」'],
];

/** Common typing errors. */
export const checkWording = ({ files }: Corpus): Problem[] =>
  files.flatMap((checked) => firstOf(mistakesIn(checked)));

function* mistakesIn(checked: CheckedFile): Generator<Problem> {
  const { file, schema, data, entry } = checked;
  for (const [pattern, message] of MISTAKES) {
    for (const { path, text } of textsIn(data))
      if (pattern.test(text))
        yield {
          severity: 'warning',
          file,
          line: entry.lineOf(path),
          field: labelOfPath(schema, path),
          message,
        };
    const found = pattern.exec(entry.body)?.[0];
    if (found) yield { severity: 'warning', file, line: bodyLineOf(checked, found), message };
  }
}
