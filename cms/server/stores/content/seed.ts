import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { MAIN, type Repository } from './repository.ts';
import { CONTENT } from './written-out.ts';

/** Every file below a folder, by its path from there with `/`. */
function filesBelow(folder: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  if (!existsSync(folder)) return files;
  for (const item of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(item.parentPath, item.name);
    const path = relative(folder, file).split(sep).join('/');
    if (item.isFile() && !path.split('/').some((part) => part.startsWith('.')))
      files.set(path, readFileSync(file));
  }
  return files;
}

/**
 * Fills a repository that has nothing published yet from the content and uploads that came with the program.
 *
 * @returns the commit that is published
 */
export async function seed(
  repository: Repository,
  { content, uploads, now }: { content: string; uploads: string; now: Date },
): Promise<string> {
  const present = await repository.resolve(MAIN);
  if (present) return present;
  const changes = new Map<string, Buffer>();
  for (const [path, bytes] of filesBelow(content)) changes.set(`${CONTENT}/${path}`, bytes);
  for (const [path, bytes] of filesBelow(uploads)) changes.set(`${CONTENT}/uploads/${path}`, bytes);
  const commit = await repository.commit({
    by: { name: '初始内容', login: 'portal' },
    message: '初始内容',
    at: now.getTime(),
    from: undefined,
    changes,
  });
  await repository.updateRefs([{ ref: MAIN, from: null, to: commit }]);
  return commit;
}
