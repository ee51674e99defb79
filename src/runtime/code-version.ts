import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';

let version: string | undefined;

/** Digest of the code that reads content: what an older code made of a file is not used. */
export function codeVersion(): string {
  if (version) return version;
  const hash = createHash('sha256');
  for (const file of [...globSync('src/**/*.ts').sort(), 'package-lock.json'])
    if (!file.endsWith('.test.ts') && existsSync(file)) hash.update(file).update(readFileSync(file));
  version = hash.digest('hex').slice(0, 16);
  return version;
}
