import { api } from '../client/api.ts';
import type { Names } from '../../protocol/entries.ts';

let names: Names = {};

/** Asks the server for the titles of everything that a relation can point to. */
export async function loadReferenceTitles(): Promise<void> {
  names = await api.names().catch(() => names);
}

/** Title of an entry or item, or its id until it is known. */
export const referenceTitle = (kind: string, id: string): string => names[kind]?.[id] ?? id;
