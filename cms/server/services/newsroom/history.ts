import type { HistoryItem } from '../../../protocol/entries.ts';
import { formerPaths, resolvePlace } from './reading.ts';
import type { Texts } from './texts.ts';

/** The commits of an entry. */

/** Every commit of an entry, newest first, those under its former addresses too. */
export async function historyOf(texts: Texts, path: string): Promise<HistoryItem[]> {
  const { repository, drafts, main } = texts;
  const place = resolvePlace(texts, path);
  const tip = drafts.get(place.path)?.commit ?? main;
  const items = new Map<string, HistoryItem>();
  const add = (found: readonly HistoryItem[]) => {
    for (const item of found) if (!items.has(item.commit)) items.set(item.commit, item);
  };
  add(await repository.history(tip, place.path));
  const published = new Set(
    (await repository.publishedHistory(main, place.path)).map(({ commit }) => commit),
  );
  for (const { path: former, until } of await formerPaths(texts, place))
    // Later commits of that path are of another entry.
    add((await repository.history(tip, former)).filter(({ at }) => Date.parse(at) <= until));
  return [...items.values()]
    .map((item) => (published.has(item.commit) ? { ...item, isPublished: true } : item))
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** The text of an entry in one of its commits. */
export async function textAt(texts: Texts, path: string, commit: string): Promise<string | undefined> {
  const place = resolvePlace(texts, path);
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return undefined;
  for (const at of [place.path, ...(await formerPaths(texts, place)).map((former) => former.path)]) {
    const text = await texts.repository.readText(commit, at);
    if (text !== undefined) return text;
  }
  return undefined;
}
