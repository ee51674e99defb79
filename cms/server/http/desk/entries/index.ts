import { Hono } from 'hono';
import type { ContentType } from '../../../../../src/model/type.ts';
import { typeNamed, types } from '../../../../../src/types/index.ts';
import { titleFieldOf } from '../../../../documents/names.ts';
import { slugOfPath } from '../../../../documents/slug.ts';
import type { ListedEntry } from '../../../../protocol/entries.ts';
import { STAGES, type Stage } from '../../../../protocol/review.ts';
import type { Newsroom } from '../../../services/newsroom/index.ts';
import type { Audit } from '../../../stores/audit.ts';
import type { Signed } from '../../access.ts';
import { canBeCompleted } from '../batch/complete.ts';
import { batchRoutes } from '../batch/index.ts';
import { batchStepsOf } from '../batch/steps.ts';
import { listPage, type Listed } from './list-page.ts';

/** 全部内容: every entry of a type with tick-boxes, to do the same with many of them. */

export const ENTRIES_TITLE = '全部内容';

export interface EntriesParts {
  newsroom: Pick<Newsroom, 'actAll' | 'list' | 'read' | 'save' | 'titleOf' | 'waiting'>;
  audit: Audit;
}

export const PER_PAGE = 100;

export function entriesRoutes({ newsroom, audit }: EntriesParts): Hono<Signed> {
  const app = new Hono<Signed>({ strict: false });

  app.get('/', async (context) => {
    const { req } = context;
    const person = context.get('person');
    const type = typeNamed(req.query('type') ?? '');
    const stage = stageNamed(req.query('stage'));
    const isOver = req.query('stage') === 'over';
    const words = (req.query('words') ?? '').trim().slice(0, 60);
    const actions = new Map(newsroom.waiting(person).map((draft) => [draft.path, draft.actions]));
    const lists = await Promise.all(
      (type ? [type] : types).map(async (one) =>
        ((await newsroom.list(`content/${one.name}`)) ?? []).map((entry) => listed(one, entry)),
      ),
    );
    const found = lists
      .flat()
      .filter((entry) => (stage ? entry.stage === stage : true) && entry.title.includes(words))
      .filter((entry) => !isOver || canBeCompleted(entry.type.name, entry.data))
      .sort(
        (a, b) =>
          Number(b.stage !== 'published') - Number(a.stage !== 'published') || b.day.localeCompare(a.day),
      );
    const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
    const page = Math.min(pages, Math.max(1, Math.floor(Number(req.query('page'))) || 1));
    const shown = found.slice((page - 1) * PER_PAGE, page * PER_PAGE).map((entry) => ({
      ...entry,
      version: newsroom.read(entry.path)?.version ?? '',
      steps: [
        ...batchStepsOf(actions.get(entry.path) ?? []),
        ...(canBeCompleted(entry.type.name, entry.data) ? (['complete'] as const) : []),
      ],
    }));
    return listPage(context, { shown, count: found.length, page, pages, type, stage, words, isOver });
  });

  app.route('/', batchRoutes({ newsroom, audit }));
  return app;
}

const stageNamed = (name: string | undefined): Stage | undefined =>
  name !== undefined && Object.hasOwn(STAGES, name) ? (name as Stage) : undefined;

function listed(
  type: ContentType,
  { path, stage, data = {} }: ListedEntry,
): Omit<Listed, 'version' | 'steps'> {
  const title = data[titleFieldOf(type.schema)];
  return {
    type,
    path,
    stage,
    data,
    title: typeof title === 'string' && title !== '' ? title : slugOfPath(path),
    day: String(data[type.dateField ?? ''] ?? '').slice(0, 10),
  };
}
