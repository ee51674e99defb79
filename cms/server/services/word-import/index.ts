import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredMedia } from '../../../protocol/media.ts';
import type { Person } from '../../../protocol/roles.ts';
import type { WordImport } from '../../../protocol/word-import.ts';
import { convertWordFile } from '../../uploads/index.ts';
import { Refused } from '../refused.ts';

/** A Word file as the beginning of a new entry: its text for the form, its pictures as uploads. */

export interface WordImportOptions {
  /** Stores a picture as an upload, after the checks and within the limits of one. */
  upload: (person: Person, path: string, file: string, bytes: number) => Promise<StoredMedia>;
}

const nameOf = (name: string) =>
  (name.split(/[/\\]/).at(-1) ?? '')
    .replace(/\.\w+$/, '')
    .replace(/[\s_]+/g, ' ')
    .trim();

export function openWordImporter({ upload }: WordImportOptions) {
  /** Uploads the pictures; an address that stays empty is one that was not taken. */
  async function store(
    person: Person,
    title: string,
    pictures: readonly { file: string; extension: string }[],
  ): Promise<{ addresses: string[]; refusals: string[] }> {
    const addresses: string[] = [];
    const refusals: string[] = [];
    for (const [index, { file, extension }] of pictures.entries())
      try {
        const { path } = await upload(
          person,
          `uploads/${title}-${index + 1}.${extension}`,
          file,
          statSync(file).size,
        );
        addresses.push(`/${path}`);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        addresses.push('');
        refusals.push(`第 ${index + 1} 张图片没有带过来：${error.message}`);
      }
    return { addresses, refusals };
  }

  return {
    /**
     * @param name of the file, which gives the title where the text has none
     * @param file where it is
     * @throws {Refused} 422 when it cannot be read, with what to do
     */
    async read(person: Person, name: string, file: string): Promise<WordImport> {
      const folder = mkdtempSync(join(tmpdir(), 'portal-word-'));
      try {
        const outcome = await convertWordFile(file, folder);
        if ('refusal' in outcome) throw new Refused(422, outcome.refusal);
        const title = outcome.title || nameOf(name);
        const { addresses, refusals } = await store(person, title, outcome.pictures);
        const html = outcome.html.replace(
          /"picture:(\d+)"/g,
          (_, index: string) => `"${addresses[Number(index)] ?? ''}"`,
        );
        return { title, html, notes: [...refusals, ...outcome.notes] };
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}
