import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The scripts of the desk, which make its pages quicker and which no page needs: plain files, served as they are. */

export const DESK_SCRIPTS = ['ticks'] as const;
export type DeskScript = (typeof DESK_SCRIPTS)[number];

const read = new Map<DeskScript, string>();

export function deskScript(name: DeskScript): string {
  const known =
    read.get(name) ?? readFileSync(fileURLToPath(new URL(`./${name}.js`, import.meta.url)), 'utf8');
  read.set(name, known);
  return known;
}
