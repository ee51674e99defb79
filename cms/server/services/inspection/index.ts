import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Content } from '../../../../src/store/index.ts';
import { coalesce } from '../../process/coalesce.ts';
import type { Findings } from './worker.ts';

/**
 * The checks of the whole published content: overdue reviews and results, stale columns, dead links, contradictions. They
 * take seconds on a large site, so a process of low priority does them, and the desk shows the last result.
 */

export interface Inspection extends Findings {
  /** When it ended, ISO 8601; undefined before the first. */
  at: string | undefined;
}

export interface Inspector {
  latest: () => Inspection;
  /** Asks for a new inspection; those asked for while one runs are one more after it. */
  request: () => void;
  close: () => Promise<void>;
}

export interface InspectorOptions {
  /** What is published. */
  content: Pick<Content, 'contentDir'>;
  /** Called after each inspection. */
  onFound: () => void;
}

/** An inspector of the published content. */
export function openInspector({ content, onFound }: InspectorOptions): Inspector {
  let latest: Inspection = { problems: [], clocks: [], reviews: [], outside: [], at: undefined };
  let child: ChildProcess | undefined;
  let isClosed = false;

  const work = coalesce(
    () =>
      new Promise<void>((resolve) => {
        if (isClosed) return resolve();
        child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), {
          execArgv: [],
          env: { ...process.env, CONTENT_DIR: content.contentDir },
        });
        child.once('message', (found) => {
          latest = { ...(found as Findings), at: new Date().toISOString() };
          onFound();
        });
        child.once('error', (error) => console.error('检查内容时出错了：', error));
        child.once('close', () => resolve());
      }),
  );

  return {
    latest: () => latest,
    request: work.request,
    close: async () => {
      isClosed = true;
      child?.kill();
    },
  };
}
