import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '../../cms/protocol/roles.ts';
import type { Served } from '../../cms/server/serve.ts';
import type { OutgoingRules } from '../../cms/server/services/notices/index.ts';
import type { Step } from '../../cms/protocol/review.ts';
import type { Build } from '../../cms/server/build/contract.ts';

/** The real publishing server on a temporary folder, and users who sign in over HTTP. */

export const PASSWORD = '麦田里的收割机-7号';

/** An HTTP client with the cookies and headers of a browser. */
export interface Visitor {
  /** For Playwright's `addCookies`. */
  cookies: () => { name: string; value: string; url: string }[];
  fetch: (path: string, init?: RequestInit) => Promise<Response>;
  /** A form of the desk, with the token of its page. */
  post: (path: string, fields: Record<string, string>) => Promise<Response>;
  /** The API; the answer's JSON with its status. */
  call: (
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<Record<string, unknown> & { status: number }>;
}

export interface Office {
  served: Served;
  url: string;
  data: string;
  /** A client without an account. */
  visitor: () => Visitor;
  /** The first administrator, signed in. */
  administrator: Visitor;
  /** Makes an account and signs it in; its password is `PASSWORD`. */
  member: (login: string, role: Role, name?: string) => Promise<Visitor>;
  close: () => Promise<void>;
}

export interface OfficeOptions {
  steps?: Step[];
  /** Content that the office begins with. */
  content?: string;
  /** `site` builds the real one. */
  build?: Build | 'site';
  /** More of `server.json`, e.g. the address behind a proxy. */
  settings?: { publicUrl?: string; proxy?: string };
  /** Where notices may be sent; absent for public addresses. */
  outgoing?: OutgoingRules;
}

/** Copies the release before: for tests that do not look at the site. */
const noBuild: Build = async (folder, previous) => {
  if (previous) cpSync(previous, folder, { recursive: true });
  else writeFileSync(join(folder, 'index.html'), '首页');
};

/** A visitor of a server's address. */
export function visitorOf(url: string): Visitor {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map((pair) => pair.join('=')).join('; ');
  const send: Visitor['fetch'] = async (path, init = {}) => {
    const response = await fetch(url + path, {
      redirect: 'manual',
      ...init,
      headers: { origin: new URL(url).origin, cookie: cookie(), ...(init.headers as Record<string, string>) },
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (/max-age=0/i.test(set)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  const tokenOf = async (path: string) =>
    /name="csrf" value="([^"]+)"/.exec(await (await send(path)).text())?.[1] ?? '';
  return {
    cookies: () => [...jar].map(([name, value]) => ({ name, value, url })),
    fetch: send,
    post: async (path, fields) =>
      send(path, { method: 'POST', body: new URLSearchParams({ csrf: await tokenOf(path), ...fields }) }),
    async call(method, path, body) {
      const response = await send(`api/${path}`, {
        method,
        headers: { 'x-portal': '1', 'content-type': 'application/json' },
        ...(body === undefined
          ? {}
          : { body: body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body) }),
      });
      const answer = await response.json().catch(() => ({}));
      return { ...(Array.isArray(answer) ? { items: answer } : answer), status: response.status };
    },
  };
}

/** Starts an office; several can run in one process. */
export async function openNewsroom({
  steps = ['first', 'second', 'final'],
  content = 'content',
  build = noBuild,
  settings = {},
  outgoing,
}: OfficeOptions = {}): Promise<Office> {
  const data = mkdtempSync(join(tmpdir(), 'office-'));
  // Tests open no pages of other sites.
  writeFileSync(join(data, 'server.json'), JSON.stringify({ steps, outsideLinks: false, ...settings }));
  const { start } = await import('../../cms/server/start.ts');
  const served = await start({
    data,
    content,
    port: 0,
    base: '/',
    outgoing,
    ...(build === 'site' ? {} : { build }),
  });
  const visitor = () => visitorOf(served.url);
  const administrator = visitor();
  const token = new URL(served.setupLink ?? '').searchParams.get('token') ?? '';
  const account = { name: '王主任', login: 'wang', password: PASSWORD, again: PASSWORD };
  await administrator.post('admin/setup/', { token, ...account });
  return {
    served,
    url: served.url,
    data,
    visitor,
    administrator,
    async member(login, role, name = login) {
      const page = await administrator.post('admin/desk/people/', { name, login, role });
      const [, temporary = ''] = /<code class="big">([^<]+)</.exec(await page.text()) ?? [];
      const member = visitor();
      await member.post('admin/login/', { login, password: temporary });
      await member.post('admin/account/password/', { password: PASSWORD, again: PASSWORD });
      return member;
    },
    close: async () => {
      await served.close();
      // Git may still be tidying up in there.
      rmSync(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
