import { type Problem, nearest } from '../model/problems.ts';
import { labelOfPath, referencesIn } from '../model/schema.ts';
import { lists, types } from '../types/index.ts';
import { type CheckedFile, type Corpus, firstOf, MAX_GUESSES } from './corpus.ts';

const labels = new Map<string, string>([...types, ...lists].map((item) => [item.name, item.label]));

/** Every reference names something that exists. */
export const checkReferences = ({ files, slugs }: Corpus): Problem[] =>
  files.flatMap((checked) => firstOf(deadReferencesIn(checked, slugs)));

function* deadReferencesIn(
  { schema, data, file, entry }: CheckedFile,
  slugs: Corpus['slugs'],
): Generator<Problem> {
  let guesses = 0;
  for (const { path, to, slug } of referencesIn(schema, data)) {
    const known = slugs.get(to) ?? new Set<string>();
    if (known.has(slug)) continue;
    const near = guesses++ < MAX_GUESSES ? nearest(slug, known) : undefined;
    const advice = near ? `是不是「${near}」？` : '请先新建它，或改选已有的一个';
    const message = `在「${labels.get(to) ?? to}」里没有「${slug}」。${advice}`;
    yield { severity: 'error', file, line: entry.lineOf(path), field: labelOfPath(schema, path), message };
  }
}
