import type { Problem } from '../../src/model/problems.ts';

/** Calls to the editing server (`cms/server`). Addresses are relative, so that the editor works below any base path. */

/** Root of the site, `/` or `/base/`. */
export const siteRoot = new URL('../', document.baseURI).pathname;

/** An error in words for the editor. Decap prints the name too, so there is none. */
export class SpokenError extends Error {
  override name = '';
}

/** A failed call, with the server's Chinese message. */
export class ApiError extends SpokenError {
  status: number;
  problems: Problem[];
  constructor(message: string, status: number, problems: Problem[] = []) {
    super(message);
    this.status = status;
    this.problems = problems;
  }
}

export interface Session {
  user: { name: string; login: string };
  site: { name: string; themeColor: string };
}

export interface StoredFile {
  path: string;
  text: string;
  /** Digest of the text; sent back when saving, so that nobody's change is overwritten. */
  version: string;
}

export interface StoredMedia {
  /** `uploads/…` */
  path: string;
  /** Bytes. */
  size: number;
}

export interface BuildStatus {
  state: 'idle' | 'building' | 'failed';
  /** When the site shown now was built, ISO 8601; absent until the first build of this run. */
  builtAt?: string;
  /** What went wrong, for the person who runs the machine. */
  message?: string;
}

/** `township` → `xincheng` → 新城街道, for everything that can be referred to. */
export type Names = Record<string, Record<string, string>>;

async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const isBlob = body instanceof Blob;
  let response: Response;
  try {
    response = await fetch(`${siteRoot}api/${path}`, {
      method,
      headers: {
        // Not among the headers that a form on another site can send.
        'X-Portal': '1',
        ...(body === undefined
          ? {}
          : { 'Content-Type': isBlob ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isBlob ? body : JSON.stringify(body) }),
    });
  } catch {
    throw new ApiError(
      '连不上编辑服务：它可能已经停了。你写的内容还在这个页面里，先不要关；重新运行 npm start 后再保存',
      0,
    );
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer as Answer;
  const { message = `编辑服务出错（${response.status}）`, problems } = answer as {
    message?: string;
    problems?: Problem[];
  };
  throw new ApiError(message, response.status, problems);
}

const query = (values: Record<string, string>) => new URLSearchParams(values).toString();

export const api = {
  session: () => call<Session>('GET', 'session'),
  names: () => call<Names>('GET', 'names'),
  status: () => call<BuildStatus>('GET', 'status'),
  files: (folder: string) => call<StoredFile[]>('GET', `files?${query({ folder })}`),
  /** Null when there is no such file. */
  file: (path: string) => call<StoredFile | null>('GET', `file?${query({ path })}`),
  /** @param version of the text that was opened; null for a new file */
  save: (path: string, text: string, version: string | null) =>
    call<StoredFile & { problems: Problem[] }>('PUT', 'file', { path, text, version }),
  remove: (path: string) => call<object>('DELETE', `file?${query({ path })}`),
  media: () => call<StoredMedia[]>('GET', 'media'),
  upload: (path: string, file: Blob) => call<StoredMedia>('PUT', `media?${query({ path })}`, file),
  removeMedia: (path: string) => call<object>('DELETE', `media?${query({ path })}`),
};
