import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../../../../src/runtime/write-atomically.ts';

/**
 * The format of a data folder, and the numbered steps that bring an older one up to date. They run at the start, one after
 * the other, each on a safety copy: a step that fails or is cut off leaves the folder as it was.
 */

export interface Migration {
  /** Format that the folder has afterwards; one more than before. */
  format: number;
  /** What changes, Chinese: 「审核记录换了写法」. */
  what: string;
  /** Files and folders of the data folder that it changes or makes; they are copied first. */
  changes: readonly string[];
  run: (data: string) => void | Promise<void>;
}

/** Every step, in order. A new format adds one, and a folder of the format before to `tests/fixtures/data-folders/`. */
export const MIGRATIONS: readonly Migration[] = [
  // Versions up to the first that was tagged noted no format; what they wrote is the same.
  { format: 1, what: '记下格式', changes: [], run: () => {} },
];

const newestOf = (migrations: readonly Migration[]) => migrations.at(-1)?.format ?? 0;

interface Folder {
  data: string;
  /** File that holds the number of the format. */
  format: string;
}

/**
 * The format of a data folder; 0 when none is noted.
 *
 * @throws a Chinese message when a newer version has written it, and when the number cannot be read
 */
export function readFormat({ data, format: file }: Folder, migrations = MIGRATIONS): number {
  if (!existsSync(file)) return 0;
  const text = readFileSync(file, 'utf8').trim();
  const newest = newestOf(migrations);
  if (!/^\d+$/.test(text))
    throw new Error(
      `「${file}」里应当是一个数，读不懂：怕数据文件夹是更新的版本写的，所以没有动它。请从备份恢复这个文件（没有备份、也没有用过更新的版本，就写 ${newest}）`,
    );
  const format = Number(text);
  if (format > newest)
    throw new Error(
      `数据文件夹「${data}」是更新的版本写的（格式 ${format}，这里只到 ${newest}）：请把程序升级到那个版本，或用 DATA_DIR 换一个文件夹`,
    );
  return format;
}

/** What was done to a data folder, `migrations.json` in it. */
const record = z.array(z.object({ format: z.number(), what: z.string(), at: z.string() }));

/**
 * Brings a data folder up to the format of this version.
 *
 * @returns what was changed, Chinese
 * @throws a Chinese message when a step fails; the folder is as it was before that step
 */
export async function migrate(folder: Folder, migrations = MIGRATIONS): Promise<string[]> {
  const { data, format: file } = folder;
  const before = readFormat(folder, migrations);
  if (isNew(folder)) {
    writeFileAtomic(file, `${newestOf(migrations)}\n`);
    return [];
  }
  const done: string[] = [];
  for (const step of migrations.filter(({ format }) => format > before)) {
    await runSafely(data, step);
    writeFileAtomic(file, `${step.format}\n`);
    note(data, step);
    done.push(step.what);
  }
  return done;
}

/** Whether nothing was kept here yet: what this version makes is up to date. */
const isNew = ({ data, format }: Folder): boolean =>
  ![format, join(data, 'content.git'), join(data, 'portal.db')].some((file) => existsSync(file));

async function runSafely(data: string, step: Migration): Promise<void> {
  const safety = join(data, `before-format-${step.format}`);
  // There when a former run was cut off: what it has changed half is put back first.
  if (existsSync(safety)) putBack(data, safety, step);
  copy(data, safety, step.changes);
  try {
    await step.run(data);
  } catch (error) {
    putBack(data, safety, step);
    throw new Error(
      `数据文件夹升级到格式 ${step.format}（${step.what}）没有成功，已经恢复原样：${(error as Error).message}。请先用原来的程序，并把这句话告诉维护程序的人`,
      { cause: error },
    );
  }
  rmSync(safety, { recursive: true, force: true });
}

function copy(data: string, safety: string, names: readonly string[]): void {
  const unfinished = `${safety}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  for (const name of names)
    if (existsSync(join(data, name)))
      cpSync(join(data, name), join(unfinished, name), { recursive: true, preserveTimestamps: true });
  renameSync(unfinished, safety);
}

function putBack(data: string, safety: string, { changes }: Migration): void {
  for (const name of changes) {
    rmSync(join(data, name), { recursive: true, force: true });
    if (existsSync(join(safety, name)))
      cpSync(join(safety, name), join(data, name), { recursive: true, preserveTimestamps: true });
  }
  rmSync(safety, { recursive: true, force: true });
}

function note(data: string, { format, what }: Migration): void {
  const file = join(data, 'migrations.json');
  let former: z.output<typeof record> = [];
  try {
    former = record.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Missing or broken: the record tells what happened from now on.
  }
  const all = [...former, { format, what, at: new Date().toISOString() }];
  writeFileAtomic(file, `${JSON.stringify(all, undefined, 2)}\n`);
}
