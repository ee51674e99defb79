import { type Context, Hono } from 'hono';
import type { Problem } from '../../../../../src/model/problems.ts';
import type { Content } from '../../../../../src/store/index.ts';
import { placeOf } from '../../../../documents/places.ts';
import type { ImportRow } from '../../../../sheets/import-row.ts';
import { keepPreviews, type Outcome } from '../../../../sheets/previews.ts';
import { MAX_FILE_BYTES, SheetRefusal } from '../../../../sheets/reading.ts';
import type { Person } from '../../../../protocol/roles.ts';
import { existingSlugs, validate } from '../../../services/validation.ts';
import type { Newsroom } from '../../../services/newsroom/index.ts';
import { openDocument } from '../../../stores/content/entry-document.ts';
import type { Audit } from '../../../stores/audit.ts';
import type { Signed } from '../../access.ts';
import { deskPage, type Markup } from '../../page/index.ts';
import { allButton } from '../batch/ticked-list.ts';
import { gone, type ImportWords, previewPage, resultPage, toSave } from './pages.ts';

/** Imports a sheet in two steps: a preview of every row, and after a confirmation the drafts. */

export interface SheetImport {
  words: ImportWords;
  /** The page on which a file is chosen. */
  startPage: (context: Context<Signed>) => Markup | Promise<Markup>;
  /** What every row of a file would do. @throws SheetRefusal */
  plan: (context: Context<Signed>, bytes: Uint8Array) => Promise<{ rows: ImportRow[]; unknown: string[] }>;
  /** Saves one entry as a draft; `version` is what the preview was made from, null for a new one. */
  saveDraft: SaveDraft;
  /** Where a person stands with each draft, to hand them in at once. */
  waiting: Newsroom['waiting'];
  audit: Audit;
}

export type SaveDraft = (draft: {
  path: string;
  text: string;
  version: string | null;
  person: Person;
}) => Promise<{ version: string }>;

export { fileForm } from './pages.ts';

/** What is wrong with each text of a sheet, among the entries that there are; nothing for a path that is none. */
export function checkWith(content: Content): (path: string, text: string) => Problem[] {
  const slugs = existingSlugs(content);
  return (path, text) => {
    const place = placeOf(content, path);
    return place ? validate(openDocument(place, text), slugs) : [];
  };
}

/** Drafts that are saved at the same time are committed together. */
const SAVED_AT_ONCE = 20;

export function sheetImportRoutes({
  words,
  startPage,
  plan,
  saveDraft,
  waiting,
  audit,
}: SheetImport): Hono<Signed> {
  const app = new Hono<Signed>({ strict: false });
  const previews = keepPreviews();

  const start = async (context: Context<Signed>, problem?: string) =>
    deskPage(context, {
      title: words.title,
      problem,
      body: await startPage(context),
      status: problem === undefined ? 200 : 422,
    });

  /** 「全部送审」, or 「全部发布」 where nothing is reviewed. */
  function nextStep(context: Context<Signed>, { saved }: Outcome): Markup | undefined {
    const drafts = new Map(waiting(context.get('person')).map((draft) => [draft.path, draft]));
    for (const [step, label] of [
      ['submit', '全部送审'],
      ['publish', '全部发布'],
    ] as const) {
      const items = saved.flatMap(({ path }) => {
        const draft = drafts.get(path);
        return draft?.actions.includes(step) ? { path, version: draft.version } : [];
      });
      if (items.length > 0)
        return allButton(context, step, `${label}（${items.length} ${words.unit}）`, items);
    }
    return undefined;
  }

  app.get('/', (context) => start(context));

  app.post('/', async (context) => {
    const { file } = await context.req.parseBody();
    if (!(file instanceof File) || file.size === 0) return start(context, '请先选择文件');
    if (file.size > MAX_FILE_BYTES) return start(context, tooLarge());
    try {
      const { rows, unknown } = await plan(context, new Uint8Array(await file.arrayBuffer()));
      const token = previews.keep(context.get('person').id, { name: file.name.slice(0, 100), rows, unknown });
      return context.redirect(`./preview/${token}/`, 303);
    } catch (error) {
      if (error instanceof SheetRefusal) return start(context, error.message);
      throw error;
    }
  });

  app.get('/preview/:token', (context) => {
    const preview = previews.read(context.get('person').id, context.req.param('token'));
    return preview ? previewPage(context, preview, words) : gone(context, words);
  });

  app.post('/preview/:token', async (context) => {
    const person = context.get('person');
    const token = context.req.param('token');
    const preview = previews.take(person.id, token);
    if (!preview) return gone(context, words);
    const outcome: Outcome = { name: preview.name, saved: [], failed: [] };
    const save = async (row: ImportRow) => {
      const { path, text, version } = row;
      try {
        const saved = await saveDraft({ path, text, version, person });
        outcome.saved.push({ ...row, version: saved.version });
      } catch (error) {
        if (!/\p{Script=Han}/u.test((error as Error).message)) console.error(error);
        outcome.failed.push({ row, message: sentenceOf(error as Error) });
      }
    };
    const rows = toSave(preview.rows);
    for (let from = 0; from < rows.length; from += SAVED_AT_ONCE)
      await Promise.all(rows.slice(from, from + SAVED_AT_ONCE).map(save));
    const detail = `存成草稿 ${outcome.saved.length} ${words.unit}，没有存下 ${outcome.failed.length} ${words.unit}`;
    audit.write({ person, action: 'import', target: preview.name, detail });
    previews.finish(person.id, token, outcome);
    return context.redirect(`../../result/${token}/`, 303);
  });

  app.get('/result/:token', (context) => {
    const outcome = previews.outcome(context.get('person').id, context.req.param('token'));
    return outcome ? resultPage(context, outcome, words, nextStep(context, outcome)) : gone(context, words);
  });
  return app;
}

const tooLarge = () => `文件太大，最多 ${MAX_FILE_BYTES / 1024 / 1024} MB；请分几次导入`;

const sentenceOf = ({ message }: Error) =>
  /\p{Script=Han}/u.test(message) ? message : '没有存下，请再试一次；还不行，请告诉维护网站的人';
