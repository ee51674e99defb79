import { defineCollection } from 'astro/content/config';
import { contentLoader } from './store/astro-loader.ts';
import { types } from './types/index.ts';

/**
 * Every content type is a collection (see `types/index.ts`), so that a build reports what is wrong with its files and
 * `npm run dev` sees them change. Pages read through `queries/`.
 */
export const collections = Object.fromEntries(
  types.map((type) => [type.name, defineCollection({ loader: contentLoader(type), schema: type.schema })]),
);
