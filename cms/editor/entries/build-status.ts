import { siteRoot } from '../client/address.ts';
import { api } from '../client/api.ts';
import type { BuildStatus } from '../../protocol/site.ts';
import { element } from '../dialogs/dialog.ts';
import { pageOfPath } from './content-paths.ts';
import { showOldRelease } from './old-release.ts';

/** A line at the foot of the page: 已保存 → 构建中 → 已上线, with a link to the page. */

const POLL_MS = 1500;
const HIDE_AFTER_MS = 15_000;

const line = element('output', '', 'portal-status');

let timer: ReturnType<typeof setTimeout> | undefined;

const time = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
});

function show(status: BuildStatus, page: string | undefined): void {
  line.dataset.state = status.state;
  if (status.state === 'building') line.textContent = '已保存 → 构建中…';
  else if (status.state === 'failed')
    line.textContent = `网站没有更新成功，访客看到的还是原来的样子：${status.message ?? '请告诉维护网站的人'}`;
  else if (!status.isLive)
    line.textContent = '已发布，但访客还看不到：网站被换回了较早的一次。下一次发布会带上全部内容';
  else {
    showOldRelease(undefined);
    line.textContent = `已上线${status.builtAt ? `（${time.format(new Date(status.builtAt))}）` : ''} `;
    if (page !== undefined) {
      const link = element('a', '去看看');
      Object.assign(link, { href: siteRoot + page, target: '_blank' });
      line.append(link);
    }
    timer = setTimeout(() => line.replaceChildren(), HIDE_AFTER_MS);
  }
}

async function poll(path: string | undefined): Promise<void> {
  const status = await api.status(path).catch(() => undefined);
  // Without an answer (offline, or the server restarts) the build goes on, so polling does too.
  if (status) show(status, path === undefined ? undefined : pageOfPath(path));
  if (status?.state !== 'idle' && status?.state !== 'failed') timer = setTimeout(poll, POLL_MS, path);
}

/**
 * Shows the state of the build after publishing or unpublishing, until the change is live.
 *
 * @param path of the entry; the status links to its page
 */
export function watchBuild(path?: string): void {
  if (!line.isConnected) document.body.append(line);
  clearTimeout(timer);
  line.dataset.state = 'building';
  line.textContent = '已保存 → 构建中…';
  timer = setTimeout(poll, POLL_MS / 3, path);
}
