import { siteRoot } from '../client/address.ts';
import { element } from '../dialogs/dialog.ts';

/** A red bar at the foot of the editor while visitors see an older site than the latest. */

const bar = element('aside', '', 'portal-alarm');
bar.setAttribute('aria-label', '网站是旧版');

const time = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'long',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** @param builtAt when the live site was built, ISO 8601; undefined when it is the latest */
export function showOldRelease(builtAt: string | undefined): void {
  if (builtAt === undefined) {
    bar.remove();
    return;
  }
  const link = element('a', '看发布记录，回到最新');
  link.href = `${siteRoot}admin/desk/releases/`;
  const words = `访客现在看到的是换回的旧版（${time.format(new Date(builtAt))}），后来发布的都看不到。`;
  bar.replaceChildren(element('span', words), link);
  if (!bar.isConnected) document.body.append(bar);
}
