import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { now, today } from '../calendar/today.ts';
import type { ContentType } from '../model/type.ts';
import type { Read } from '../runtime/reads.ts';
import type { Content } from './content.ts';

/**
 * Tells the version of anything that a page can have read (`runtime/reads.ts`), of a content as it is now; each is worked
 * out once.
 *
 * @param types every type that there is
 */
export function contentVersions(content: Content, types: readonly ContentType[]): (what: Read) => string {
  const versions = new Map<Read, string>();
  let bodies: Set<string> | undefined;
  const hasBody = (wanted: string) => {
    bodies ??= new Set(types.flatMap((type) => content.entries(type).entries.map(({ digest }) => digest)));
    return bodies.has(wanted);
  };

  function versionOf(what: Read): string {
    const [, kind, name = ''] = /^(\w+):?(.*)$/s.exec(what) ?? [];
    switch (kind) {
      case 'entries': {
        const type = types.find((one) => one.name === name);
        return type
          ? digest(JSON.stringify(content.entries(type).entries.map(({ id, data }) => [id, data])))
          : '';
      }
      case 'body':
        return hasBody(name) ? 'here' : 'gone';
      case 'data': {
        const file = content.dataFile(name);
        return existsSync(file) ? digest(readFileSync(file)) : '';
      }
      case 'picture':
        return digest(JSON.stringify(content.pictures.find(name) ?? null));
      case 'upload':
        return content.uploadStamp(name);
      case 'today':
        return today();
      case 'now':
        return now();
      default:
        throw new Error(`没有人知道「${what}」的版本`);
    }
  }

  return (what) => {
    const version = versions.get(what) ?? versionOf(what);
    versions.set(what, version);
    return version;
  };
}

const digest = (text: string | Buffer) => createHash('sha256').update(text).digest('base64url').slice(0, 16);
