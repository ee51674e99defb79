import { type CollectionConfig, defineCollection } from 'astro/content/config';
import { contentLoader } from './store/astro-loader.ts';
import { types } from './types/index.ts';

type Types = (typeof types)[number];
type Collections = { [Name in Types['name']]: CollectionConfig<Extract<Types, { name: Name }>['schema']> };

/** Every content type is a collection; see `types.ts`. */
export const collections = Object.fromEntries(
  types.map((type) => [type.name, defineCollection({ loader: contentLoader(type), schema: type.schema })]),
) as unknown as Collections;
