import { existsSync, readFileSync, rmSync } from 'node:fs';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { readSettings } from '../../src/loader/files.ts';
import type { Problem } from '../../src/model/problems.ts';
import { defaultSettings } from '../../src/site/defaults.ts';
import { settings } from '../../src/site/type.ts';
import type { Session } from '../admin/api.ts';
import { readFileParts, writeFile } from '../format.ts';
import { asSeenInForm, idsOf, inspect } from './gate.ts';
import { type Place, placeOf, uploadPlace } from './places.ts';
import type { Rebuilder } from './rebuild.ts';
import { listUploads, readFolder, readPlace, versionOf, writeWhole } from './store.ts';
import { uploadProblem } from './uploads.ts';
import { allNames, usesOf, usesOfUpload } from './uses.ts';

/** The editing API, `/api/…`: JSON in and out; every refusal has a Chinese `message`. */

const MAX_TEXT_BYTES = 2 * 1024 * 1024;
const MAX_UPLOAD_BYTES = 100 * 1024 * 1024;

/** A refusal. */
class Refused extends Error {
  status: ContentfulStatusCode;
  problems: Problem[];
  constructor(status: ContentfulStatusCode, message: string, problems: Problem[] = []) {
    super(message);
    this.status = status;
    this.problems = problems;
  }
}

export interface ApiOptions {
  /** Whether a request's `Host` is this server; anything else may be a name that was pointed here (DNS rebinding). */
  isOwnHost: (host: string) => boolean;
  rebuilder: Rebuilder;
}

/** The API with all routes below `/api`. */
export function editingApi({ isOwnHost, rebuilder }: ApiOptions): Hono {
  const app = new Hono().basePath('/api');

  app.use(async (context, next) => {
    refuseStrangers(context, isOwnHost);
    context.header('Cache-Control', 'no-store');
    context.header('X-Content-Type-Options', 'nosniff');
    await next();
  });
  app.onError((error, context) => {
    if (error instanceof Refused) {
      const { message, problems, status } = error;
      return context.json(problems.length > 0 ? { message, problems } : { message }, status);
    }
    console.error(error);
    return context.json({ message: '编辑服务出错了，请把时间告诉维护网站的人；你写的内容还在页面里' }, 500);
  });
  app.notFound((context) => context.json({ message: '没有这个接口' }, 404));

  app.get('/session', (context) => {
    const { name, themeColor } = readSettings(settings).data ?? defaultSettings;
    const session: Session = { user: { name: '本机编辑', login: 'local' }, site: { name, themeColor } };
    return context.json(session);
  });
  app.get('/status', (context) => context.json(rebuilder.status()));
  app.get('/names', (context) => context.json(allNames()));

  app.get('/files', (context) => {
    const files = readFolder(context.req.query('folder') ?? '');
    if (!files) throw new Refused(404, '没有这一类内容');
    return context.json(files);
  });
  app.get('/file', (context) => context.json(readPlace(known(context.req.query('path'))) ?? null));
  app.put('/file', limit(MAX_TEXT_BYTES), async (context) => {
    const saved = save(await jsonOf(context));
    rebuilder.request();
    return context.json(saved);
  });
  app.delete('/file', (context) => {
    const place = known(context.req.query('path'));
    if (!place.type) throw new Refused(403, '名录和设置不能整个删除');
    if (!existsSync(place.file)) throw new Refused(404, '没有这个文件');
    const uses = usesOf(place.kind, place.slug, '请先在那里去掉');
    if (uses.length > 0) throw new Refused(422, `还有 ${uses.length} 处用着它，不能删除`, uses);
    rmSync(place.file);
    rebuilder.request();
    return context.json({});
  });

  app.get('/media', (context) => context.json(listUploads()));
  app.put('/media', limit(MAX_UPLOAD_BYTES), async (context) => {
    const path = context.req.query('path') ?? '';
    const bytes = new Uint8Array(await context.req.arrayBuffer());
    upload(path, bytes);
    return context.json({ path, size: bytes.length });
  });
  app.delete('/media', (context) => {
    const path = context.req.query('path') ?? '';
    const place = uploadPlace(path);
    if (!place || !existsSync(place.file)) throw new Refused(404, '没有这个文件');
    const uses = usesOfUpload(`/${path}`);
    if (uses.length > 0) throw new Refused(422, `还有 ${uses.length} 处用着这个文件，不能删除`, uses);
    rmSync(place.file);
    rebuilder.request();
    return context.json({});
  });
  return app;
}

/** Only this server's own pages may call: https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html */
function refuseStrangers({ req }: Context, isOwnHost: (host: string) => boolean): void {
  const host = req.header('host') ?? '';
  if (!isOwnHost(host)) throw new Refused(403, '编辑后台只能在本机打开：请用 http://127.0.0.1 开头的网址');
  const origin = req.header('origin');
  const site = req.header('sec-fetch-site') ?? 'same-origin';
  const foreign =
    (origin !== undefined && origin !== `http://${host}`) || !['same-origin', 'none'].includes(site);
  if (foreign || (req.method !== 'GET' && req.header('x-portal') !== '1'))
    throw new Refused(403, '请从编辑后台的页面操作');
}

const limit = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: (context) =>
      context.json({ message: `太大了，最多 ${Math.floor(maxSize / 1024 / 1024)} MB；请压缩后再试` }, 413),
  });

function known(path: string | undefined): Place {
  const place = placeOf(path ?? '');
  if (!place) throw new Refused(403, '这个文件不在可以编辑的范围内，或文件名不是小写字母、数字和短横');
  return place;
}

interface SaveRequest {
  path: string;
  text: string;
  version: string | null;
}

async function jsonOf({ req }: Context): Promise<SaveRequest> {
  const body = (await req.json().catch(() => ({}))) as Partial<SaveRequest>;
  const { path, text, version = null } = body;
  if (
    typeof path !== 'string' ||
    typeof text !== 'string' ||
    (version !== null && typeof version !== 'string')
  )
    throw new Refused(400, '请求不完整');
  return { path, text, version };
}

function save({ path, text, version }: SaveRequest) {
  const place = known(path);
  const before = readPlace(place);
  if ((before?.version ?? null) !== version)
    throw new Refused(409, explainConflict(before === undefined, version));
  const merged = merge(place, text, before?.text);
  const found = asSeenInForm(merged, place.format, inspect(place, merged));
  const problems = [...found, ...lostIds(place, before?.text, merged)];
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Refused(422, `有 ${errors.length} 处要改`, problems);
  if (merged !== before?.text) writeWhole(place.file, merged);
  return { path, text: merged, version: versionOf(merged), problems };
}

function explainConflict(gone: boolean, version: string | null): string {
  if (version === null) return '已经有同名的内容了：请在「网址名」里换一个名称再保存';
  return gone
    ? '你编辑的时候，这一条被删除了，所以没有保存。先把你写的存成文件，再决定是否新建'
    : '你编辑的时候，别人改过这一条，所以没有保存，免得把别人的改动盖掉。先把你写的存成文件，再刷新页面，把改动重新填上';
}

function merge(place: Place, text: string, before: string | undefined): string {
  try {
    return writeFile(readFileParts(text, place.format), place.format, place.schema, before);
  } catch (error) {
    throw new Refused(422, (error as Error).message);
  }
}

/** Items taken off a list while something still refers to them. */
function lostIds(place: Place, before: string | undefined, after: string): Problem[] {
  if (!place.list || before === undefined) return [];
  const ids = (text: string) => {
    try {
      return idsOf(readFileParts(text, 'yaml').data);
    } catch {
      return [];
    }
  };
  const kept = new Set(ids(after));
  return ids(before)
    .filter((id) => !kept.has(id))
    .flatMap((id) => usesOf(place.kind, id, `请先在那里去掉，再从名录里删「${id}」`));
}

function upload(path: string, bytes: Uint8Array): void {
  const place = uploadPlace(path);
  if (!place) throw new Refused(403, '文件名或类型不能用：只收图片、PDF、Word、Excel、ZIP、MP4 和 MP3');
  const problem = uploadProblem(place.extension, bytes);
  if (problem) throw new Refused(422, problem);
  if (existsSync(place.file)) {
    if (Buffer.compare(readFileSync(place.file), bytes) === 0) return;
    throw new Refused(409, '已经有同名的文件了，请换一个名称');
  }
  writeWhole(place.file, bytes);
}
