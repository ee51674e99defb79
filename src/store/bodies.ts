import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Body, bodyVersion, renderBody } from '../body/index.ts';
import type { Pictures } from '../pictures/index.ts';
import type { Recorder } from '../runtime/reads.ts';
import { readKept, writeKept } from '../runtime/kept-file.ts';
import type { ContentFolders } from './folders.ts';

/** Compiled bodies, kept in `cacheDir/bodies/<digest>.json`, so that a build compiles only what changed. */
export interface Bodies {
  /** Changes when the upload at an address is replaced, added or removed. */
  uploadStamp: (address: string) => string;
  /** Digest of everything that a body's HTML depends on: text, renderer, base path, and the pictures that it names. */
  digestOf: (source: string) => string;
  /** Compiles a body, or takes it from the cache. */
  compileBody: (source: string, digest?: string) => Body;
  /**
   * Compiles a body without keeping it, because the next letter makes it another one; only the last one is held.
   *
   * @returns its digest, to read it by
   */
  holdBody: (source: string) => string;
  isCompiled: (digest: string) => boolean;
  /** Tells where a body comes from, in case that what is kept of it turns out to be damaged. */
  noteSource: (digest: string, read: () => string) => void;
  /** A body compiled before, compiled again if what was kept is damaged; undefined when its source is not known. */
  body: (digest: string) => Body | undefined;
}

/** Addresses of the uploads that a body names. */
export const uploadsIn = (source: string): string[] => source.match(/\/uploads\/[\w./-]+/g) ?? [];

export function openBodies(
  { cacheDir, uploadsDir, basePath }: Omit<ContentFolders, 'contentDir'>,
  { recorder, pictures }: { recorder: Recorder; pictures: Pick<Pictures, 'find' | 'stampOf'> },
): Bodies {
  const folder = join(cacheDir, 'bodies');
  const fileOf = (digest: string) => join(folder, `${digest}.json`);
  const sources = new Map<string, () => string>();
  let held: [digest: string, body: Body] | undefined;

  /** Internal links of bodies carry the base path. */
  const href = (address: string) => (/^\/(?!\/)/.test(address) ? `${basePath}${address}` : address);
  const render = (source: string) => renderBody(source, { picture: pictures.find, href });
  const isCompiled = (digest: string) => existsSync(fileOf(digest));

  function uploadStamp(address: string): string {
    const path = join(uploadsDir, address.slice('/uploads/'.length));
    const stat = statSync(path, { throwIfNoEntry: false });
    // A body that was compiled before its pictures were encoded has no sizes: it is compiled again.
    return `${address}:${stat?.mtimeMs ?? 0}:${stat?.size ?? 0}:${pictures.stampOf(address)}`;
  }

  function digestOf(source: string): string {
    const hash = createHash('sha256').update(`${bodyVersion}:${basePath}:`).update(source);
    for (const address of uploadsIn(source)) hash.update(uploadStamp(address));
    return hash.digest('hex').slice(0, 32);
  }

  function body(digest: string): Body | undefined {
    recorder.record(`body:${digest}`);
    if (held?.[0] === digest) return held[1];
    const kept = readKept(fileOf(digest));
    if (kept) return JSON.parse(kept.toString()) as Body;
    const source = sources.get(digest)?.();
    return source !== undefined && digestOf(source) === digest ? compile(source, digest) : undefined;
  }

  function compileBody(source: string, digest = digestOf(source)): Body {
    return body(digest) ?? compile(source, digest);
  }

  function compile(source: string, digest: string): Body {
    const compiled = render(source);
    writeKept(fileOf(digest), JSON.stringify(compiled));
    return compiled;
  }

  function holdBody(source: string): string {
    const digest = digestOf(source);
    if (!isCompiled(digest)) held = [digest, render(source)];
    return digest;
  }

  const noteSource = (digest: string, read: () => string) => void sources.set(digest, read);

  return { uploadStamp, digestOf, compileBody, holdBody, isCompiled, noteSource, body };
}
