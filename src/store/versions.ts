import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { now, today } from '../calendar/today.ts';
import { pictureOf } from '../pictures/picture.ts';
import { typeNamed, types } from '../types/index.ts';
import { uploadStamp } from './bodies.ts';
import { readEntries } from './entries.ts';
import { dataFile } from './files.ts';
import type { Read } from '../runtime/reads.ts';

/** Tells the version of anything that a page can have read (`reads.ts`), of the content as it is now; asked once each. */
export function contentVersions(): (what: Read) => string {
  const known = new Map<Read, string>();
  let bodies: Set<string> | undefined;
  const hasBody = (wanted: string) => {
    bodies ??= new Set(types.flatMap((type) => readEntries(type).entries.map(({ digest }) => digest)));
    return bodies.has(wanted);
  };
  return (what) => {
    const version = known.get(what) ?? versionOf(what, hasBody);
    known.set(what, version);
    return version;
  };
}

const digest = (text: string | Buffer) => createHash('sha256').update(text).digest('base64url').slice(0, 16);

function versionOf(what: Read, hasBody: (digest: string) => boolean): string {
  const [, kind, name = ''] = /^(\w+):?(.*)$/s.exec(what) ?? [];
  switch (kind) {
    case 'entries': {
      const type = typeNamed(name);
      return type ? digest(JSON.stringify(readEntries(type).entries.map(({ id, data }) => [id, data]))) : '';
    }
    case 'body':
      return hasBody(name) ? 'here' : 'gone';
    case 'data':
      return existsSync(dataFile(name)) ? digest(readFileSync(dataFile(name))) : '';
    case 'picture':
      return digest(JSON.stringify(pictureOf(name) ?? null));
    case 'upload':
      return uploadStamp(name);
    case 'today':
      return today();
    case 'now':
      return now();
    default:
      throw new Error(`没有人知道「${what}」的版本`);
  }
}
