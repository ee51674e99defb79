/** Values by key of which those that were asked for lately are kept. */
export interface Recent<Value> {
  get: (key: string) => Value | undefined;
  set: (key: string, value: Value) => void;
}

/**
 * Keeps values up to a limit in two generations: what is asked for moves to the young one; when that is half the limit, it
 * becomes the old one and the old one is dropped. A hit costs one look into a map, other than in a list of last uses.
 *
 * @param limit of all values together, in the unit of `sizeOf`; may be passed by one value
 */
export function openRecent<Value>(limit: number, sizeOf: (value: Value) => number): Recent<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  let size = 0;

  const set = (key: string, value: Value) => {
    const before = young.get(key);
    size += sizeOf(value) - (before === undefined ? 0 : sizeOf(before));
    young.set(key, value);
    if (size <= limit / 2) return;
    old = young;
    young = new Map();
    size = 0;
  };

  return {
    get(key) {
      const found = young.get(key);
      if (found !== undefined) return found;
      const former = old.get(key);
      if (former !== undefined) set(key, former);
      return former;
    },
    set,
  };
}
