import { Map as ImmutableMap, List } from 'immutable';

/** Whether a value is empty at every depth. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  if (ImmutableMap.isMap(value) || List.isList(value)) return [...value.values()].every(isBlank);
  return typeof value === 'object' && Object.values(value).every(isBlank);
}
