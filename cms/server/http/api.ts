import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { z } from 'zod';
import { currentContent } from '../../../src/store/index.ts';
import { siteSettingsOf } from '../../../src/types/site-settings.ts';
import { SLUG } from '../../../src/model/slug.ts';
import type { BuildStatus, Session } from '../../editor/client/api.ts';
import { ACTIONS, type Request, STAGES } from '../../protocol/review.ts';
import type { Audit } from '../stores/audit.ts';
import type { Previews } from '../build/previews.ts';
import { MAX_PROBLEMS } from '../services/gate.ts';
import type { Newsroom } from '../services/newsroom/index.ts';
import type { SaveRequest } from '../services/newsroom/saving.ts';
import { needs, samePerson, type Signed } from '../../protocol/people.ts';
import { Refused } from '../services/refused.ts';
import type { ReleaseStatus } from '../services/releases.ts';
import { pageOfMedia } from '../services/media-list.ts';
import { MAX_UPLOAD_BYTES } from '../uploads/index.ts';
import { allNames, titleOfPath } from '../services/uses.ts';

/** The editing API, `/api/…`: JSON in and out; every refusal has a Chinese `message`. */

const MAX_TEXT_BYTES = 2 * 1024 * 1024;

export interface ApiOptions {
  newsroom: Newsroom;
  audit: Audit;
  status: () => ReleaseStatus;
  /** Draws the page of what somebody is writing; absent where the site is not built by us. */
  previews?: Pick<Previews, 'draw' | 'warm'> | undefined;
}

/** The routes below `/api`, for somebody who has signed in. */
export function editingApi({ newsroom, audit, status, previews }: ApiOptions): Hono<Signed> {
  const app = new Hono<Signed>();
  app.use(needs('author'), samePerson);
  app.onError(answerError);
  app.notFound((context) => context.json({ message: '没有这个接口' }, 404));

  app.get('/session', (context) => {
    previews?.warm();
    const { name, themeColor } = siteSettingsOf(currentContent());
    const session: Session = { user: context.get('person'), site: { name, themeColor } };
    return context.json(session);
  });
  app.get('/status', async (context) => {
    const path = context.req.query('path');
    const { state, builtAt, message, live } = status();
    const isLive = live !== undefined && (!path || (await newsroom.holdsPublished(live, path)));
    return context.json({ state, builtAt, message, isLive } satisfies BuildStatus);
  });
  app.get('/names', async (context) => context.json(await allNames()));

  app.get('/files', compress(), async (context) => {
    const entries = await newsroom.list(context.req.query('folder') ?? '');
    if (!entries) throw new Refused(404, '没有这一类内容');
    return context.json(entries);
  });
  app.get('/file', (context) => context.json(newsroom.read(pathOf(context)) ?? null));
  app.put('/file', limit(MAX_TEXT_BYTES), async (context) => {
    const request = await requestOf(context, SAVE);
    const saved = await newsroom.save(context.get('person'), request as SaveRequest);
    audit.write({
      person: context.get('person'),
      action: 'save',
      target: titleOfPath(saved.path, saved.text),
    });
    return context.json(saved);
  });
  app.delete('/file', async (context) => {
    const path = pathOf(context);
    const target = titleOfPath(path, newsroom.read(path)?.text ?? '');
    await newsroom.remove(context.get('person'), path);
    audit.write({ person: context.get('person'), action: 'delete', target });
    return context.json({});
  });

  app.get('/review', async (context) =>
    context.json(await newsroom.review(pathOf(context), context.get('person'))),
  );
  app.post('/review', limit(MAX_TEXT_BYTES), async (context) => {
    const { path, version, ...request } = await requestOf(context, REVIEW);
    const person = context.get('person');
    const text = newsroom.read(path)?.text ?? '';
    const now = await newsroom.act(person, path, version, request as Request);
    const detail = [
      STAGES[newsroom.read(now)?.stage ?? 'published'],
      request.action === 'move' ? `改为 ${now}` : request.comment,
    ]
      .filter(Boolean)
      .join('：');
    audit.write({ person, action: request.action, target: titleOfPath(path, text), detail });
    return context.json(await newsroom.review(now, person));
  });
  app.get('/move', async (context) =>
    context.json(
      await newsroom.planMove(context.get('person'), pathOf(context), context.req.query('to') ?? ''),
    ),
  );

  app.post('/preview', limit(MAX_TEXT_BYTES), async (context) => {
    const sketch = await requestOf(context, SKETCH);
    return context.json((await previews?.draw(sketch)) ?? { isLater: false });
  });

  app.get('/history', async (context) => context.json(await newsroom.history(pathOf(context))));
  app.get('/history/text', async (context) => {
    const text = await newsroom.textAt(pathOf(context), context.req.query('commit') ?? '');
    return context.json(text === undefined ? null : { text });
  });

  app.get('/media', (context) => {
    const { query, page, images } = MEDIA.parse(context.req.query());
    return context.json(pageOfMedia(newsroom.uploads(), { query, page, imagesOnly: images !== undefined }));
  });
  app.put('/media', limit(MAX_UPLOAD_BYTES), async (context) => {
    const bytes = new Uint8Array(await context.req.arrayBuffer());
    const person = context.get('person');
    const saved = await newsroom.upload(person, pathOf(context), bytes);
    audit.write({ person, action: 'upload', target: saved.path });
    return context.json(saved);
  });
  app.delete('/media', async (context) => {
    await newsroom.removeUpload(context.get('person'), pathOf(context));
    audit.write({ person: context.get('person'), action: 'delete', target: pathOf(context) });
    return context.json({});
  });
  return app;
}

const MEDIA = z.object({
  query: z.string().max(200).optional(),
  page: z.coerce.number().int().min(1).max(100_000).optional(),
  images: z.string().optional(),
});

const SAVE = z.object({
  path: z.string(),
  text: z.string(),
  version: z.string().nullable().default(null),
  seen: z.string().optional(),
});

const SKETCH = z.object({
  type: z.string(),
  slug: z.string().regex(SLUG),
  text: z.string(),
});

const { save: _save, ...requested } = ACTIONS;

const REVIEW = z.object({
  path: z.string(),
  version: z.string(),
  action: z.enum(Object.keys(requested) as [Request['action']]),
  comment: z.string().optional(),
  at: z.string().optional(),
  to: z.string().optional(),
  accepted: z
    .array(z.string())
    .max(MAX_PROBLEMS + 1)
    .optional(),
});

async function requestOf<Schema extends z.ZodType>(
  { req }: Context,
  schema: Schema,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(await req.json().catch(() => undefined));
  if (!parsed.success) throw new Refused(400, '请求不完整');
  return parsed.data;
}

const pathOf = ({ req }: Context) => req.query('path') ?? '';

/** What an editor is told of an error that nobody foresaw. */
function whyNotWritten(error: Error): string {
  const about = `${(error as NodeJS.ErrnoException).code} ${error.message}`;
  if (/ENOSPC|No space left/i.test(about))
    return '服务器的硬盘满了，没有保存。请通知管理员清理硬盘，再保存一次';
  if (/EROFS|EACCES|EPERM|Read-only file system|Permission denied|readonly database/i.test(about))
    return '服务器写不了存内容的文件夹，没有保存。请通知管理员检查文件夹的权限，再保存一次';
  return '编辑服务出错了，没有保存。请把时间告诉维护网站的人';
}

/** Answers a refusal with its words, anything else with an apology; the machine's log has the rest. */
export function answerError(error: Error, context: Context): Response {
  if (error instanceof Refused) {
    const { message, problems, status, theirs } = error;
    return context.json(
      { message, ...(problems.length > 0 ? { problems } : {}), ...(theirs ? { theirs } : {}) },
      status,
    );
  }
  console.error(error);
  return context.json({ message: `${whyNotWritten(error)}；你写的还在页面里，先不要关` }, 500);
}

const limit = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: (context) =>
      context.json({ message: `太大了，最多 ${Math.floor(maxSize / 1024 / 1024)} MB；请压缩后再试` }, 413),
  });
