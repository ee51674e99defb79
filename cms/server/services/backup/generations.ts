import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../../../../src/runtime/write-atomically.ts';
import { counts } from './checks.ts';
import { GENERATION } from './retention.ts';

/**
 * The folder of a backup. At its top lies the latest copy, as in version 0.1.0: `content.git`, `portal.db`, `secret`,
 * `server.json`, `format`. Each copy is kept in `generations/<time>/` too, most of it by hard links.
 */

/** What is known of a copy, `manifest.json` in its folder. */
const manifest = z.object({
  /** Which copy it is in this backup, from 1: a wrong clock does not change the order. */
  number: z.int(),
  /** When it was made, ISO 8601. */
  at: z.string(),
  counts,
  /** Digests of its files; the repository checks itself. */
  files: z.record(z.string(), z.string()),
  /** Tells the key of the visit requests in it, which is kept elsewhere. */
  requestsKey: z.string().optional(),
});
export type Manifest = z.output<typeof manifest>;

export const GENERATIONS = 'generations';
export const MANIFEST = 'manifest.json';

export interface Generation {
  /** `20261123-020000`, UTC; 「latest」 for the copy of a version that kept only one. */
  name: string;
  folder: string;
  /** Undefined for a copy of version 0.1.0, and when it is damaged. */
  manifest: Manifest | undefined;
}

/** The copies of a backup folder, newest first. */
export function listGenerations(backup: string): Generation[] {
  const parent = join(backup, GENERATIONS);
  const names = existsSync(parent) ? readdirSync(parent).filter((name) => GENERATION.test(name)) : [];
  const found = names
    .map((name) => ({ name, folder: join(parent, name), manifest: readManifest(join(parent, name)) }))
    .sort((a, b) => numberOf(b) - numberOf(a) || (a.name < b.name ? 1 : -1));
  if (found.length > 0 || !existsSync(join(backup, 'content.git'))) return found;
  return [{ name: 'latest', folder: backup, manifest: undefined }];
}

export const numberOf = ({ manifest }: Pick<Generation, 'manifest'>): number => manifest?.number ?? 0;

function readManifest(folder: string): Manifest | undefined {
  try {
    return manifest.parse(JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')));
  } catch {
    return undefined;
  }
}

export const writeManifest = (folder: string, what: Manifest): void =>
  writeFileAtomic(join(folder, MANIFEST), `${JSON.stringify(what, undefined, 2)}\n`, 0o600);
