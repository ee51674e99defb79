import { type Context, Hono } from 'hono';
import { topics } from '../../../../../src/types/articles.ts';
import { schools } from '../../../../../src/types/caravan.ts';
import { townships } from '../../../../../src/types/townships.ts';
import { STARTING_PAGES } from '../../../../first-run/pages.ts';
import { readSchools, sheetOfPaste } from '../../../../first-run/schools.ts';
import { freshId, readTownships } from '../../../../first-run/townships.ts';
import { MAX_FILE_BYTES, SheetRefusal } from '../../../../sheets/reading.ts';
import { Refused } from '../../../services/refused.ts';
import type { Signed } from '../../access.ts';
import type { FirstRunParts } from './parts.ts';
import { pagesForm, schoolsForm, townshipsForm } from './list-forms.ts';
import { stepPage, type Typed } from './pages.ts';
import { formOf, takeStep, textOf, textsOf } from './posted.ts';

/** The steps that write lists and pages. */

/** 乡镇街道、学校、主题和页面. */
export function listSteps({ run, audit }: Pick<FirstRunParts, 'run' | 'audit'>): Hono<Signed> {
  const app = new Hono<Signed>();

  const list = (context: Context<Signed>) => context.get('content').list(townships).items;
  const townshipsPage = (context: Context<Signed>, told: Typed = {}, text?: string) =>
    stepPage(
      context,
      'townships',
      townshipsForm(context, { names: list(context).map(({ name }) => name), text }),
      told,
    );
  app.get('/townships', (context) => townshipsPage(context));
  app.post('/townships', async (context) => {
    const text = textOf(await formOf(context), 'text');
    return takeStep(
      { audit },
      context,
      'townships',
      async () => {
        const { items, problems } = readTownships(text, list(context));
        if (items.length > list(context).length) await run.saveList(context.get('person'), townships, items);
        return problems.length > 0 ? `这几个没有存：${problems.join('；')}。别的已存下。` : undefined;
      },
      (told) => townshipsPage(context, told, text),
    );
  });

  const schoolsPage = (context: Context<Signed>, told: Typed = {}, text?: string) =>
    stepPage(
      context,
      'schools',
      schoolsForm(context, {
        names: context
          .get('content')
          .list(schools)
          .items.map(({ name }) => name),
        hasTownships: list(context).length > 0,
        text,
      }),
      told,
    );
  app.get('/schools', (context) => schoolsPage(context));
  app.post('/schools', async (context) => {
    const form = await formOf(context);
    const text = textOf(form, 'text');
    return takeStep(
      { audit },
      context,
      'schools',
      async () => {
        const { file } = form;
        const isFile = file instanceof File && file.size > 0;
        if (!isFile && !text) throw new SheetRefusal('请贴上学校，或选一个表格');
        if (isFile && file.size > MAX_FILE_BYTES) throw new SheetRefusal('文件太大，请分几次传');
        const bytes = isFile ? new Uint8Array(await file.arrayBuffer()) : sheetOfPaste(text);
        const listed = context.get('content').list(schools).items;
        const { items, problems } = await readSchools(bytes, { listed, townships: list(context) });
        if (items.length > listed.length) await run.saveList(context.get('person'), schools, items);
        return problems.length > 0 ? `这几行没有存：${problems.join('；')}。别的已存下。` : undefined;
      },
      (told) => schoolsPage(context, told, text),
    );
  });

  const startingPages = (context: Context<Signed>, told: Typed = {}) => {
    const mine = context.get('content').list(topics).items;
    const all = run.startingTopics();
    const chosen = new Set((mine.length > 0 ? mine : all).map(({ id }) => id));
    const existing = new Set(STARTING_PAGES.filter(({ slug }) => run.hasPage(slug)).map(({ slug }) => slug));
    return stepPage(context, 'pages', pagesForm(context, { topics: all, chosen, existing }), told);
  };
  app.get('/pages', (context) => startingPages(context));
  app.post('/pages', async (context) => {
    const form = await formOf(context);
    return takeStep(
      { audit },
      context,
      'pages',
      async () => {
        const person = context.get('person');
        const all = run.startingTopics();
        const ids = new Set(all.map(({ id }) => id));
        const kept = all.filter(({ id }) => textsOf(form, 'topics').includes(id));
        const added = textOf(form, 'more')
          .split(/[、，,\s]+/)
          .filter((name) => name !== '' && !all.some((topic) => topic.name === name))
          .map((name) => {
            const id = freshId(name, ids);
            ids.add(id);
            return { id, name };
          });
        if (kept.length + added.length === 0)
          throw new Refused(422, '至少要有一个主题：写文章时每篇都要选一个');
        await run.saveList(person, topics, [...kept, ...added]);
        for (const page of STARTING_PAGES)
          if (textsOf(form, 'pages').includes(page.slug)) await run.addPage(person, page);
        return undefined;
      },
      (told) => startingPages(context, told),
    );
  });

  return app;
}
