import { git, GitError } from './git.ts';
import { setAsideDamagedObjects } from './mending.ts';

const DAMAGED =
  /missing (?:blob|tree|commit|object)|bad object|unable to read|corrupt|inflate|is empty|Could not read/i;

/**
 * Packs the loose objects of a repository; unreachable ones are kept for two weeks. Damaged ones that nothing needs are set
 * aside. A `gc.pid` in the repository is of another machine or of a process that was killed: nobody else packs it.
 *
 * @param signal ends it; it then throws
 * @throws {GitError} with a Chinese sentence when something is damaged that cannot be done without
 */
export async function pack(folder: string, signal?: AbortSignal): Promise<void> {
  const run = () => git(folder, ['gc', '--quiet', '--force', '--prune=2.weeks.ago'], undefined, { signal });
  try {
    await run();
  } catch (error) {
    if (signal?.aborted || setAsideDamagedObjects(folder, true) === 0) throw explained(error as Error);
    await run().catch((again: Error) => {
      throw explained(again);
    });
  }
}

/** What to do when Git cannot read something that it needs. */
function explained(error: Error): Error {
  if (!DAMAGED.test(error.message)) return error;
  const [said] = error.message.split('\n');
  return new GitError(
    `内容库里有读不出来的文件（${said}）。请停服务，从备份补回：cp -rn 备份文件夹/content.git/objects/. 数据文件夹/content.git/objects/ ，再启动`,
  );
}
