import { api, type BuildStatus } from './api.ts';

/** A line at the foot of the page that says whether the site shows the latest saved state. */

const POLL_MS = 1500;

const line = document.createElement('output');
line.className = 'portal-status';

let timer: ReturnType<typeof setTimeout> | undefined;

const time = new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit' });

function words({ state, builtAt }: BuildStatus): string {
  if (state === 'building') return '正在更新网站…';
  if (state === 'failed') return '网站没有更新成功，访客看到的还是原来的样子；请告诉维护网站的人';
  return builtAt ? `网站已更新（${time.format(new Date(builtAt))}）` : '';
}

async function poll(): Promise<void> {
  const status = await api.status().catch(() => undefined);
  if (!status) return;
  line.textContent = words(status);
  line.dataset.state = status.state;
  if (status.state === 'building') timer = setTimeout(poll, POLL_MS);
}

/** Shows how the rebuild after a save is going, until it is done. */
export function watchBuild(): void {
  if (!line.isConnected) document.body.append(line);
  clearTimeout(timer);
  timer = setTimeout(poll, 0);
}
