import { z } from 'zod';
import type { ContentType } from '../../../src/model/type.ts';
import { typeNamed } from '../../../src/types/index.ts';

/** Content files by their path, `content/<type>/<slug>.mdx`. */

const partsOf = (path: string) => /^content\/([\w-]+)\/([\w-]+)\.(?:mdx|yaml)$/.exec(path) ?? [];

/** The content type of a file; undefined for lists and settings. */
export function typeOfPath(path: string): ContentType | undefined {
  const [, folder] = partsOf(path);
  return typeNamed(folder);
}

/** How a file is read into the form; what lists and settings hold is the server's to check. */
export const fileTypeOfPath = (path: string): Pick<ContentType, 'format' | 'schema'> =>
  typeOfPath(path) ?? { format: 'yaml', schema: z.object({}) };

/** Address of an entry's page below the site's root, without a slash before it; undefined when it has none. */
export function pageOfPath(path: string): string | undefined {
  const [, , slug = ''] = partsOf(path);
  return typeOfPath(path)?.address?.(slug).replace(/^\//, '');
}
