import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { readEntry } from '../../model/entry.ts';

/** A page that the developers wrote, `src/pages/*.mdx`: help, accessibility, about the site. */
interface ManualPage {
  title: string;
  summary: string;
  address: string;
  text: string;
}

const FRONT_MATTER = z.object({ title: z.string(), summary: z.string() });

/** The developers' pages; they are MDX with code, so their text is taken roughly. */
export function manualPages(): ManualPage[] {
  const folder = resolve('src/pages');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.mdx'))
    .flatMap((name) => {
      const { data, body } = readEntry(FRONT_MATTER, name, readFileSync(join(folder, name), 'utf8'), 'mdx');
      return data ? { ...data, address: `/${name.slice(0, -'.mdx'.length)}/`, text: proseOf(body) } : [];
    });
}

const proseOf = (body: string): string =>
  body
    .replace(/^(?:import|export) .*$/gm, '')
    .replace(/<[^<>]*>/g, '')
    // Twice: an expression may hold another.
    .replace(/\{[^{}]*\}/g, '')
    .replace(/\{[^{}]*\}/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^[#>*-]+ /gm, '')
    .replace(/[*`|]/g, '')
    .replace(/\n{2,}/g, '\n')
    .trim();
