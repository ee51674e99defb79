import { explainStart } from './explain.ts';
import { stopOnSignal } from './process/signals.ts';
import { start } from './start.ts';

/** `npm start`: the server in a terminal. */

/** While the first site is made, the terminal is never silent for longer. */
const PROGRESS_EVERY_MS = 4000;

const began = performance.now();
const seconds = () => Math.round((performance.now() - began) / 1000);
let progress: ReturnType<typeof setInterval> | undefined;

console.log('正在打开内容库……');
try {
  const { pages } = await start({
    onListening({ url, setupLink, unfinished, pages, close }) {
      console.log(`\n网站：${url}\n编辑：${url}admin/\n按 Ctrl+C 停止。\n`);
      if (setupLink)
        console.log(`还没有管理员：请打开下面的网址建立管理员账号（只能用一次）。\n${setupLink}\n`);
      if (pages() === undefined) console.log('网站现在就能打开；还没做好的页面打开时当场画出来。');
      progress = setInterval(() => {
        if (unfinished()) console.log(`${unfinished()}，${seconds()} 秒`);
      }, PROGRESS_EVERY_MS);
      stopOnSignal(close);
    },
  });
  clearInterval(progress);
  console.log(`都准备好了：${pages() ?? 0} 页，${seconds()} 秒。`);
} catch (error) {
  console.error(`\n${explainStart(error as NodeJS.ErrnoException)}\n`);
  process.exit(1);
}
