import { entries } from '../queries/index.ts';
import { type OgType, ogAddress, sectionOgAddress } from '../shell/share-picture.ts';

/**
 * Drawing a picture takes about 30 ms, which ten thousand articles would turn into five minutes of a first build; what
 * people share is new. Older entries show the picture of their section.
 */
export const NEWEST_WITH_PICTURE = 200;

const newestSlugs = new WeakMap<object, Set<string>>();

/** Address of the picture that a shared link to this entry shows. */
export async function sharePicture(type: OgType, slug: string): Promise<string> {
  const all = await entries(type);
  const newest = newestSlugs.get(all) ?? new Set(all.slice(0, NEWEST_WITH_PICTURE).map(({ id }) => id));
  newestSlugs.set(all, newest);
  return newest.has(slug) ? ogAddress(type, slug) : sectionOgAddress(type);
}
