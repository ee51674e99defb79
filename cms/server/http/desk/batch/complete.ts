import { EVENT_STATES } from '../../../../../src/calendar/states.ts';
import { now } from '../../../../../src/calendar/today.ts';
import type { Revisable } from '../../../../../src/happenings/changes/history.ts';
import { revise } from '../../../../../src/happenings/changes/revise.ts';
import type { Content } from '../../../../../src/store/index.ts';
import { readFileParts, writeFile } from '../../../../documents/format.ts';
import { placeOf } from '../../../../documents/places.ts';
import type { StoredFile } from '../../../../protocol/entries.ts';
import type { Person } from '../../../../protocol/roles.ts';
import { dated } from '../../../../results/happening.ts';
import type { BatchItem, Newsroom, StepOutcome } from '../../../services/newsroom/index.ts';
import { Refused } from '../../../services/refused.ts';
import { RESULT_TYPES } from '../../../../results/happening.ts';

/** Sets events and stops that have taken place to 完成, as drafts; nothing else of them changes. */

interface Parts {
  newsroom: Pick<Newsroom, 'read' | 'save' | 'titleOf'>;
  content: Content;
  person: Person;
}

/** Whether an entry is one that can be completed now: it has begun, and is neither completed nor cancelled. */
export const canBeCompleted = (kind: string, data: Readonly<Record<string, unknown>>): boolean =>
  RESULT_TYPES.some(({ name }) => name === kind) && whyNot(data) === undefined;

function whyNot(data: Readonly<Record<string, unknown>>): string | undefined {
  const happening = dated(data);
  if (!happening) return '还没有写好开始的时间';
  const { state, start } = happening;
  if (state === 'completed') return `已经是「${EVENT_STATES.completed}」`;
  if (state === 'cancelled') return `已经「${EVENT_STATES.cancelled}」了`;
  return start > now().slice(0, start.length)
    ? `还没有到开始的时间（${start.replace('T', ' ')}）`
    : undefined;
}

/** The entry's text with the state; throws where publishing it would be refused. */
function completed({ content }: Parts, file: StoredFile): string {
  const place = placeOf(content, file.path);
  if (!place || !RESULT_TYPES.some(({ name }) => name === place.kind))
    throw new Refused(422, '只有活动和站次有「完成」');
  let parts: ReturnType<typeof readFileParts>;
  try {
    parts = readFileParts(file.text, place.format);
  } catch (error) {
    throw new Refused(422, `读不懂这个文件：${(error as Error).message}`);
  }
  const why = whyNot(parts.data);
  if (why) throw new Refused(422, why);
  const data = { ...parts.data, state: 'completed' };
  const before = parts.data as unknown as Revisable;
  const [first] =
    file.stage === 'published' ? revise(before, data as unknown as Revisable, now()).problems : [];
  if (first) throw new Refused(422, first.message);
  return writeFile({ ...parts, data }, place.format, place.schema, file.text);
}

/** Saves them one after the other. */
export async function completeAll(
  parts: Parts,
  items: readonly BatchItem[],
  onProgress: (done: number) => void,
): Promise<StepOutcome[]> {
  const { newsroom, person } = parts;
  const outcomes: StepOutcome[] = [];
  for (const { path, version } of items) {
    const file = newsroom.read(path);
    const outcome: StepOutcome = { path, title: newsroom.titleOf(path), stage: file?.stage ?? 'published' };
    try {
      if (!file) throw new Refused(404, '没有这条内容，可能已经删除');
      if (file.version !== version) throw new Refused(409, '这一条刚刚被改过，请先看过新的内容再操作');
      const saved = await newsroom.save(person, { path, text: completed(parts, file), version });
      outcome.stage = saved.stage;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      outcome.refusal = { message: error.message, problems: error.problems };
    }
    outcomes.push(outcome);
    onProgress(outcomes.length);
  }
  return outcomes;
}
