import { createHash } from 'node:crypto';
import { type Body, renderBody } from '../../../../src/body/index.ts';
import { createWorkerProcess } from '../../process/worker-process.ts';
import type { Answer, Task } from './worker.ts';

/**
 * Rendering bodies for the checks without holding up the other people of the office. Usual articles take milliseconds and
 * are rendered at once. The parser's time grows with the square of some marks, so longer ones go to a process that is
 * killed when it takes too long; what came of the last ones is kept, since every look at an entry checks it again.
 */

/** Longest body that is rendered at once, in characters; the worst of that length takes a tenth of a second. */
export const MAX_INLINE = 10_000;

/** What the worst body below the limits takes on a slow machine, twice over. */
const TIMEOUT_MS = 15_000;
const IDLE_MS = 30_000;
const MEMORY_MB = 512;
const KEPT = 30;

export interface BodyCheck {
  /** The rendered body; one that takes too long is empty and has an error that says so. */
  render: (source: string) => Promise<Body>;
}

/** Opens a check of bodies; its process starts with the first long one. */
export function openBodyCheck({ timeoutMs = TIMEOUT_MS } = {}): BodyCheck {
  const worker = createWorkerProcess<Task, Answer>({
    module: new URL('./worker.ts', import.meta.url),
    timeoutMs,
    idleMs: IDLE_MS,
    memoryMb: MEMORY_MB,
  });
  const kept = new Map<string, Promise<Body>>();

  async function renderInWorker(source: string): Promise<Body> {
    const outcome = await worker.run({ source });
    return 'answer' in outcome ? outcome.answer.body : tooComplex(source, timeoutMs);
  }

  return {
    async render(source) {
      if (source.length <= MAX_INLINE) return renderBody(source);
      const key = createHash('sha256').update(source).digest('base64');
      const found = kept.get(key) ?? renderInWorker(source);
      // The latest stay.
      kept.delete(key);
      kept.set(key, found);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value as string);
      return found;
    },
  };
}

/** The one of this process, as the uploads have one: all its offices share the processor. */
const shared = openBodyCheck();

/** The rendered body, see `BodyCheck`. */
export const renderChecked: BodyCheck['render'] = shared.render;

function tooComplex(source: string, timeoutMs: number): Body {
  const line = densestLine(source);
  const message = `正文从第 ${line} 行起的一段太复杂，${timeoutMs / 1000} 秒还没有检查完，所以不能发布（草稿已经存下）。请删去这一段里成堆的「[」「*」「<」等符号，用空行分段，或者把它作为附件上传`;
  return {
    html: '',
    headings: [],
    blocks: [],
    text: '',
    problems: [{ severity: 'error', file: '', line, message }],
  };
}

/** First line of the paragraph with the most marks: what the parser most likely could not finish. */
function densestLine(source: string): number {
  let line = 1;
  let densest = { line: 1, marks: 0 };
  for (const paragraph of source.split(/\n[ \t]*\n/)) {
    const marks = paragraph.match(/[!-/:-@[-`{-~]/g)?.length ?? 0;
    if (marks > densest.marks) densest = { line, marks };
    line += paragraph.split('\n').length + 1;
  }
  return densest.line;
}
