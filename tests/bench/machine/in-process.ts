import { fork } from 'node:child_process';

/**
 * Runs a script in a process of its own and returns the one thing that it sends.
 *
 * @throws when it ends without sending anything
 */
export function inProcess<Answer>(script: string, ...args: (string | number)[]): Promise<Answer> {
  const child = fork(script, args.map(String), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('message', (answer) => {
      child.disconnect();
      resolve(answer as Answer);
    });
    child.once('close', (code) => reject(new Error(`${script} 没有做完（${code}）`)));
  });
}
