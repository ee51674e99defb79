/** One thing wrong with a file, in words that an editor can act on. */
export interface Problem {
  /** `error`: the entry cannot be published; `warning`: it can, but an editor should look. */
  severity: 'error' | 'warning';
  /** Path from the project root, `/` separated. Empty until known. */
  file: string;
  /** 1-based line in the file; undefined when it concerns the whole file. */
  line?: number | undefined;
  /** 1-based column in UTF-16 units. */
  column?: number | undefined;
  /** Chinese label of the field, e.g. 「摘要」; undefined for the body. */
  field?: string | undefined;
  /** What is wrong and what to do, a Chinese sentence. */
  message: string;
  /** Name of the rule that found it, one of `src/checks/index.ts`; undefined until the rules' findings are collected. */
  rule?: string | undefined;
  /** Address on another site that it is about, so that an editor can open it. */
  outside?: string | undefined;
}

/** `content/articles/silage.mdx 第 12 行「摘要」超过 120 个字，请缩短`. */
export function formatProblem({ file, line, column, field, message }: Problem): string {
  const where = line === undefined ? '' : ` 第 ${line} 行${column === undefined ? '' : `第 ${column} 列`}`;
  return `${file}${where} ${field ?? ''}${message}`;
}

/** The candidate nearest to `word` by edit distance, if it is near enough to be what was meant. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 2)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein distance, or `limit` when it is at least that. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[j] as number) + 1, (current[j - 1] as number) + 1));
    }
    previous = current;
  }
  return Math.min(limit, previous[b.length] as number);
}
