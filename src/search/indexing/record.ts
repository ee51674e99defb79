import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { cleanCharacters } from '../../model/clean-characters.ts';
import type { ContentType } from '../../model/type.ts';
import { currentContent } from '../../store/index.ts';
import type { DocumentDay } from '../day-index.ts';
import type { FacetLabels } from '../facets.ts';

/** One thing that can be found. */
export interface SearchRecord {
  readonly title: string;
  /** Site address without the base path. */
  readonly address: string;
  /** Chinese label shown next to the title; also the `type` facet. */
  readonly kind: string;
  readonly summary: string;
  /** All text that is searched except the title, the summary first; read on demand. */
  readonly text: string;
  /** Changes with the title, the address and the text. */
  readonly version: string;
  readonly facets: FacetLabels;
  /** The days that it is about, besides those that its text names. */
  readonly days?: readonly DocumentDay[] | undefined;
}

type Text = string | number | undefined | readonly Text[];

/** What a type adds to its title, summary and body. */
export interface Extra {
  kind?: string;
  text?: Text;
  topic?: string | undefined;
  audience?: readonly string[];
  township?: string | undefined;
  /** A year, or a day that begins with one. */
  year?: string | number | undefined;
  days?: DocumentDay[];
}

type Shown = { title: string; summary?: string | undefined };

/** The records of a type's entries; none of a type without pages. */
export function recordsOf<S extends z.ZodObject>(
  type: ContentType<S>,
  extraOf: (entry: z.output<S>) => Extra,
): SearchRecord[] {
  return currentContent()
    .entries(type)
    .entries.flatMap(({ id, data, digest }) => {
      if (!type.address) return [];
      const { title, summary = '' } = data as Shown;
      return record(type.label, title, type.address(id), summary, { digest }, extraOf(data));
    });
}

/** A record with its text, facets and version. */
export function record(
  label: string,
  title: string,
  address: string,
  summary: string,
  /** A compiled body in the cache, or text. */
  body: string | { digest: string },
  extra: Extra,
): SearchRecord {
  const kind = extra.kind ?? label;
  const lines = [summary, extra.text].flat(3 as 1) as Text[];
  return {
    title: cleanCharacters(title),
    address,
    kind,
    summary: cleanCharacters(summary),
    get text() {
      const text = typeof body === 'string' ? body : currentContent().body(body.digest)?.text;
      return cleanCharacters([...lines, text].filter((line) => line !== undefined && line !== '').join('\n'));
    },
    version: createHash('sha256')
      .update(JSON.stringify([title, address, lines, body]))
      .digest('base64url')
      .slice(0, 16),
    facets: {
      type: [kind],
      ...(extra.topic ? { topic: [extra.topic] } : {}),
      ...(extra.audience ? { audience: extra.audience } : {}),
      ...(extra.township ? { township: [extra.township] } : {}),
      ...(extra.year === undefined ? {} : { year: [`${String(extra.year).slice(0, 4)}年`] }),
    },
    days: extra.days,
  };
}
