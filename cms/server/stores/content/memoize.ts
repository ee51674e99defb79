import { statSync } from 'node:fs';
import { readText } from '../../../../src/store/index.ts';

/**
 * Caches a value made from a file's text until the file's time or size changes: `stat` is a hundred times as fast as
 * reading.
 *
 * @returns the cached value, or the one that `make` makes of the text; undefined when there is no such file
 */
export function memoizeByFile<Value>(): (file: string, make: (text: string) => Value) => Value | undefined {
  const cached = new Map<string, { stamp: string; value: Value }>();
  return (file, make) => {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat) {
      cached.delete(file);
      return undefined;
    }
    const stamp = `${stat.mtimeMs}:${stat.size}`;
    const found = cached.get(file);
    if (found?.stamp === stamp) return found.value;
    const value = make(readText(file));
    cached.set(file, { stamp, value });
    return value;
  };
}
