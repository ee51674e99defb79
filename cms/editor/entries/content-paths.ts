import { z } from 'zod';
import type { ContentType } from '../../../src/model/type.ts';
import { typeNamed } from '../../../src/types/index.ts';

/** Paths of content files, `content/<type>/<slug>.mdx`. */

const partsOf = (path: string) => /^content\/([\w-]+)\/([\w-]+)\.(?:mdx|yaml)$/.exec(path) ?? [];

/** The content type of a file; undefined for lists and settings. */
export function typeOfPath(path: string): ContentType | undefined {
  const [, folder] = partsOf(path);
  return typeNamed(folder);
}

/** Format and schema of a file. Reference lists and settings are validated by the server alone. */
export const fileTypeOfPath = (path: string): Pick<ContentType, 'format' | 'schema'> =>
  typeOfPath(path) ?? { format: 'yaml', schema: z.object({}) };

/** Address of an entry's page relative to the site's root, without a leading slash; undefined when it has no page. */
export function pageOfPath(path: string): string | undefined {
  const [, , slug = ''] = partsOf(path);
  return typeOfPath(path)?.address?.(slug).replace(/^\//, '');
}
