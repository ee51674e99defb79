import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Body, bodyVersion, renderBody } from '../body/index.ts';
import { basePath, cacheDir, uploadsDir } from './folders.ts';
import { pictureOf } from '../pictures/picture.ts';
import { noteRead } from '../runtime/reads.ts';
import { writeWhole } from '../runtime/write-atomically.ts';

/** Internal links of bodies carry the base path. */
const href = (address: string) => (/^\/(?!\/)/.test(address) ? `${basePath}${address}` : address);

/** Compiled bodies, kept in `cacheDir/bodies/<digest>.json`, so that a build compiles only what changed. */

const folder = join(cacheDir, 'bodies');
const fileOf = (digest: string) => join(folder, `${digest}.json`);

/** Addresses of the uploads that a body names. */
export const uploadsIn = (source: string): string[] => source.match(/\/uploads\/[\w./-]+/g) ?? [];

/** Changes when the upload at an address is replaced, added or removed. */
export function uploadStamp(path: string): string {
  const stat = statSync(join(uploadsDir, path.slice('/uploads/'.length)), { throwIfNoEntry: false });
  return `${path}:${stat?.mtimeMs ?? 0}:${stat?.size ?? 0}`;
}

/** Digest of everything that a body's HTML depends on: text, renderer, and the pictures that it names. */
export function digestOf(source: string): string {
  const hash = createHash('sha256').update(`${bodyVersion}:${basePath}:`).update(source);
  for (const path of uploadsIn(source)) hash.update(uploadStamp(path));
  return hash.digest('hex').slice(0, 32);
}

const render = (source: string): Body => renderBody(source, { picture: pictureOf, href });

/** Compiles a body, or takes it from the cache. */
export function compileBody(source: string, digest = digestOf(source)): Body {
  const cached = readBody(digest);
  if (cached) return cached;
  const body = render(source);
  writeWhole(fileOf(digest), JSON.stringify(body));
  return body;
}

/** One for the process: templates bring a copy of this module along. */
const HELD = Symbol.for('portal.bodies.held');
const shared = globalThis as { [HELD]?: [digest: string, body: Body] };

/**
 * Compiles a body that is not worth keeping, because the next letter makes it another one; the last one is held.
 *
 * @returns its digest, to read it by
 */
export function holdBody(source: string): string {
  const digest = digestOf(source);
  if (!isCompiled(digest)) shared[HELD] = [digest, render(source)];
  return digest;
}

/** Whether a body has been compiled before. */
export const isCompiled = (digest: string): boolean => existsSync(fileOf(digest));

/** A body compiled before, or undefined. */
export function readBody(digest: string): Body | undefined {
  noteRead(`body:${digest}`);
  if (shared[HELD]?.[0] === digest) return shared[HELD][1];
  if (!isCompiled(digest)) return undefined;
  return JSON.parse(readFileSync(fileOf(digest), 'utf8')) as Body;
}
