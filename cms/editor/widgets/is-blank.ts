import { Map as ImmutableMap, List } from 'immutable';

/** Whether nothing has been filled in, at any depth. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  if (ImmutableMap.isMap(value) || List.isList(value)) return [...value.values()].every(isBlank);
  return typeof value === 'object' && Object.values(value).every(isBlank);
}
