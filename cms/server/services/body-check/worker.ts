import { type Body, renderBody } from '../../../../src/body/index.ts';
import { endWithParent } from '../../process/parent.ts';

/** The process in which long bodies are rendered for the checks. */

export interface Task {
  source: string;
}

/** The body without what the checks do not look at. */
export interface Answer {
  body: Body;
}

endWithParent();
process.on('message', ({ id, source }: Task & { id: number }) => {
  process.send?.({ id, body: renderBody(source) } satisfies Answer & { id: number });
});
