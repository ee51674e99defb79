/** A progress line: redrawn in a terminal, printed at intervals into a log. */

const REDRAW_MS = 250;
/** Longest time without output. */
const LOG_MS = 4000;

/**
 * @param {string} label 「正在安装依赖」
 * @param {{ count: () => number, total: number, unit: string }} measure
 */
export function openProgress(label, { count, total, unit }) {
  const started = Date.now();
  const isTerminal = process.stdout.isTTY;
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const line = () => `${label}：${count()}/${total} ${unit}，${seconds()} 秒`;
  const show = () => process.stdout.write(isTerminal ? `\r\x1b[K${line()}` : `${line()}\n`);
  const end = (words) => {
    clearInterval(timer);
    process.stdout.write(`${isTerminal ? '\r\x1b[K' : ''}${words}`);
  };
  console.log(`${label}（${total} ${unit}，第一次要一两分钟）……`);
  const timer = setInterval(show, isTerminal ? REDRAW_MS : LOG_MS);
  return {
    done: () => end(`${label.replace('正在', '')}好了：${total} ${unit}，${seconds()} 秒\n`),
    stop: () => end(''),
  };
}
