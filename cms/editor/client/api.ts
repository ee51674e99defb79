import type { Problem } from '../../../src/model/problems.ts';
import { type Person, PERSON_HEADER } from '../../protocol/roles.ts';
import type {
  Conflict,
  HistoryItem,
  ListedEntry,
  Names,
  ProblemsAnswer,
  SavedFile,
  StoredFile,
} from '../../protocol/entries.ts';
import type { CountyMap } from '../../protocol/county-map.ts';
import type { MediaPage, StoredMedia } from '../../protocol/media.ts';
import type { CommentRequest } from '../../protocol/comments.ts';
import type { Editing, PresenceAnswer, PresenceCall } from '../../protocol/presence.ts';
import type { Refusal } from '../../protocol/refusal.ts';
import type { MovePreview, ReviewRequest, ReviewState } from '../../protocol/review.ts';
import { CALL_HEADER, type Session } from '../../protocol/session.ts';
import type { WordImport } from '../../protocol/word-import.ts';
import type {
  KeptWorkingCopy,
  ListedWorkingCopy,
  PutWorkingCopy,
  WorkingCopy,
} from '../../protocol/working-copies.ts';
import type { BuildStatus, DrawnPage } from '../../protocol/site.ts';
import { siteRoot } from './address.ts';
import { promptSignIn } from './sign-in.ts';

/** Calls to the publishing server (`cms/server`). */

/** An error whose message is shown to the editor. Decap prints the name as well, so it is empty. */
export class UserError extends Error {
  override name = '';
}

/** A failed call, with the server's Chinese message. */
export class ApiError extends UserError {
  status: number;
  problems: Problem[];
  /** The other user's text in a conflict (409). */
  theirs: Conflict | undefined;
  constructor(message: string, status: number, problems: Problem[] = [], theirs?: Conflict) {
    super(message);
    this.status = status;
    this.problems = problems;
    this.theirs = theirs;
  }
}

/** Calls that need no session. */
const WITHOUT_SESSION = new Set(['session', 'logout']);

/** Calls after which an expired session opens no sign-in dialog. */
const WITHOUT_PROMPT = new Set([...WITHOUT_SESSION, 'preview', 'working-copy', 'presence']);

/** Bytes that a page may still send while it is closed: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch */
const MAX_KEEPALIVE_BYTES = 60_000;

/** The user who opened this page: another one may have signed in since in another window. */
let pageUser: Person | undefined;

/** Whether a user has signed in on this page. */
export const hasSession = (): boolean => pageUser !== undefined;

/** Whether the sign-in dialog was closed without signing in. */
let hasDeclined = false;

async function call<Answer>(
  method: string,
  path: string,
  body?: unknown,
  isClosing = false,
): Promise<Answer> {
  const isBlob = body instanceof Blob;
  const sent = body === undefined || isBlob ? body : JSON.stringify(body);
  const keepalive = isClosing && (typeof sent !== 'string' || new Blob([sent]).size < MAX_KEEPALIVE_BYTES);
  let response: Response;
  try {
    response = await fetch(`${siteRoot}api/${path}`, {
      method,
      headers: {
        [CALL_HEADER]: '1',
        ...(pageUser && !WITHOUT_SESSION.has(path) ? { [PERSON_HEADER]: pageUser.id } : {}),
        ...(body === undefined
          ? {}
          : { 'Content-Type': isBlob ? 'application/octet-stream' : 'application/json' }),
      },
      ...(sent === undefined ? {} : { body: sent }),
      keepalive,
    });
  } catch {
    throw new ApiError(
      '连不上编辑服务：它可能已经停了。你写的内容还在这个页面里，先不要关；重新运行 npm start 后再保存',
      0,
    );
  }
  const answer = await response.json().catch(() => ({}));
  if (response.status === 401 && !WITHOUT_PROMPT.has(path.replace(/\?.*$/, ''))) {
    // A user who closed the dialog sees it again after an action (POST, PUT …), not after the page's own requests.
    const user =
      hasDeclined && method === 'GET'
        ? undefined
        : await promptSignIn(answer.switched ? answer.message : '登录已经过期', pageUser);
    hasDeclined = user === undefined;
    if (!user) throw new ApiError('还没有登录，所以没有做成；你写的内容还在这个页面里', 401);
    pageUser = user;
    return call(method, path, body);
  }
  if (response.ok) return answer as Answer;
  const { message = `编辑服务出错（${response.status}）`, problems, theirs } = answer as Partial<Refusal>;
  throw new ApiError(message, response.status, problems, theirs);
}

const query = (values: Record<string, string>) => new URLSearchParams(values).toString();

export const api = {
  session: async () => {
    const session = await call<Session>('GET', 'session');
    pageUser = session.user;
    return session;
  },
  logout: () => {
    pageUser = undefined;
    return call<object>('POST', 'logout');
  },
  names: () => call<Names>('GET', 'names'),
  map: () => call<CountyMap>('GET', 'map'),
  status: (path?: string) =>
    call<BuildStatus>('GET', path ? `status?path=${encodeURIComponent(path)}` : 'status'),
  list: (folder: string) => call<ListedEntry[]>('GET', `files?${query({ folder })}`),
  /** Null when there is no such file. */
  file: (path: string) => call<StoredFile | null>('GET', `file?${query({ path })}`),
  /**
   * Saves a draft; reference lists and settings are published.
   *
   * @param version of the text that was opened; null for a new file
   * @param seen version of the published text that the editor has acknowledged in the conflict dialog
   */
  save: (path: string, text: string, version: string | null, seen?: string) =>
    call<SavedFile>('PUT', 'file', {
      path,
      text,
      version,
      ...(seen ? { seen } : {}),
    }),
  /** Everything wrong with a text; nothing is saved. */
  problems: (path: string, text: string) => call<ProblemsAnswer>('POST', 'problems', { path, text }),
  remove: (path: string) => call<object>('DELETE', `file?${query({ path })}`),
  review: (path: string) => call<ReviewState>('GET', `review?${query({ path })}`),
  /** Takes a step with an entry. */
  act: (path: string, version: string, request: ReviewRequest) =>
    call<ReviewState>('POST', 'review', { path, version, ...request }),
  /** Makes, answers or settles a comment on a draft. */
  comment: (path: string, request: CommentRequest) =>
    call<ReviewState>('POST', 'comments', { path, request }),
  planMove: (path: string, to: string) => call<MovePreview>('GET', `move?${query({ path, to })}`),
  /** Changes an entry's slug. */
  move: (path: string, version: string, to: string) =>
    call<ReviewState>('POST', 'review', { path, version, action: 'move', to }),
  /** @param text the whole file */
  preview: (type: string, slug: string, text: string) =>
    call<DrawnPage>('POST', 'preview', { type, slug, text }),
  history: (path: string) => call<HistoryItem[]>('GET', `history?${query({ path })}`),
  /** Null when the file was not there. */
  textAt: (path: string, commit: string) =>
    call<{ text: string } | null>('GET', `history/text?${query({ path, commit })}`),
  /** @param page from 1 */
  media: (words: string, page: number, imagesOnly: boolean) =>
    call<MediaPage>(
      'GET',
      `media?${query({ query: words, page: String(page), ...(imagesOnly && { images: '1' }) })}`,
    ),
  /** The returned path may differ from the requested one: the server makes names safe and unique. */
  upload: (path: string, file: Blob) => call<StoredMedia>('PUT', `media?${query({ path })}`, file),
  /** Own working copies of one entry, or of new entries of a type. */
  workingCopies: (folder: string, path?: string) =>
    call<ListedWorkingCopy[]>('GET', `working-copies?${query({ folder, ...(path && { path }) })}`),
  /** Null when it is gone. */
  workingCopy: (id: string) => call<WorkingCopy | null>('GET', `working-copy?${query({ id })}`),
  /** @param isClosing the page is being closed: the call has to outlive it */
  keepWorkingCopy: (copy: PutWorkingCopy, isClosing = false) =>
    call<KeptWorkingCopy>('PUT', 'working-copy', copy, isClosing),
  removeWorkingCopy: (id: string) => call<object>('DELETE', `working-copy?${query({ id })}`),
  presence: (message: PresenceCall, isClosing = false) =>
    call<PresenceAnswer>('POST', 'presence', message, isClosing),
  /** Every entry that is being edited. */
  editing: () => call<Editing[]>('GET', 'presence'),
  /** @param name of the Word file */
  importWord: (name: string, file: Blob) => call<WordImport>('POST', `word-import?${query({ name })}`, file),
  removeMedia: (path: string) => call<object>('DELETE', `media?${query({ path })}`),
};
