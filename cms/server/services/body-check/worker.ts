import { type Body, renderBody } from '../../../../src/body/index.ts';
import { endWithParent } from '../../process/parent.ts';

/** The process in which long bodies are rendered for the checks. */

export interface Task {
  source: string;
}

export interface Answer {
  body: Body;
}

/** What is longer is no article, and says so; its pages of plain text need not be sent and looked through. */
const MAX_HTML = 2_000_000;

function check(source: string): Body {
  const body = renderBody(source);
  return body.html.length > MAX_HTML ? { ...body, html: '', text: '' } : body;
}

endWithParent();
process.on('message', ({ id, source }: Task & { id: number }) => {
  process.send?.({ id, body: check(source) } satisfies Answer & { id: number });
});
