import { api } from '../client/api.ts';
import type { Names } from '../../protocol/entries.ts';

let titles: Names = {};

/** Loads the titles of everything that a relation can refer to. */
export async function loadReferenceTitles(): Promise<void> {
  titles = await api.names().catch(() => titles);
}

/** Title of an entry or list item; its id before the titles are loaded. */
export const referenceTitle = (kind: string, id: string): string => titles[kind]?.[id] ?? id;
