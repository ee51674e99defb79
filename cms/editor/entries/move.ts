import { explainSlug } from '../../../src/model/slug.ts';
import { ACTIONS, type MovePreview } from '../../protocol/review.ts';
import { api } from '../client/api.ts';
import { button, buttons, element, openDialog } from '../dialogs/dialog.ts';
import { watchBuild } from './build-status.ts';
import { currentDraft } from './store.ts';
import { versionOf } from './versions.ts';

/** Changing an entry's slug: the new one, a preview of the effects, confirmation. */

const LABEL = ACTIONS.move;

interface MoveDialog {
  /** `content/articles/jiu.mdx` */
  path: string;
  slug: string;
  /** Address of the type's entries with `…` in place of the slug: `/articles/…/`. */
  pattern: string;
  /** Slug generated from the title, proposed as the new one. */
  proposal: string;
}

export function openMoveDialog({ path, slug, pattern, proposal }: MoveDialog): void {
  if (currentDraft().hasChanged) {
    openDialog(
      LABEL,
      'portal-move',
      element('p', '有没保存的修改：先保存，再更改地址。'),
      buttons(button('知道了')),
    );
    return;
  }
  const field = element('input');
  Object.assign(field, { type: 'text', value: proposal === slug ? '' : proposal, autocapitalize: 'off' });
  field.spellcheck = false;
  const label = element('label', '新的网址名');
  const address = element('small');
  address.id = 'portal-move-address';
  field.setAttribute('aria-describedby', address.id);
  label.append(field);
  const form = element('form', '', 'portal-ask');
  const problem = element('p', '', 'portal-problem');
  problem.setAttribute('role', 'alert');
  const next = button('下一步');
  const foot = element('div', '', 'portal-buttons');
  foot.append(
    button('取消', () => dialog.close(), 'plain'),
    next,
  );
  form.append(element('p', `现在是 ${pattern.replace('…', slug)}。`), label, address, problem, foot);
  const showAddress = () => {
    address.textContent = `会是 ${pattern.replace('…', field.value.trim() || '…')}，只能用小写字母、数字和短横`;
  };
  field.addEventListener('input', showAddress);
  showAddress();
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const to = field.value.trim();
    const why = explainSlug(to);
    problem.textContent = why ? `网址名${why}` : '';
    if (problem.textContent) return field.focus();
    next.disabled = true;
    try {
      confirmMove(path, to, await api.planMove(path, to));
    } catch (error) {
      problem.textContent = (error as Error).message;
      next.disabled = false;
      field.focus();
    }
  });
  const dialog = openDialog(LABEL, 'portal-move', form);
  field.select();
}

/** Lists the effects and moves the entry after confirmation. */
function confirmMove(path: string, to: string, plan: MovePreview): void {
  const { others, isPublic } = plan;
  const effects = [
    ...(isPublic
      ? [
          `网站几秒钟后更新，打开 ${plan.from} 会自动转到新地址；别人的收藏、二维码和日历照样能用。`,
          '旧地址从此留给这一条，别的内容不能再用。',
        ]
      : ['这一条还没有上过网站，旧地址不保留。']),
    ...(others.length > 0 ? [`${others.length} 处引用和链接跟着改：${others.join('、')}。`] : []),
    '内容、审核记录和修改历史都跟着走。要改回来，再更改一次就行。',
  ];
  const list = element('ul');
  for (const effect of effects) list.append(element('li', effect));
  const problem = element('p', '', 'portal-problem');
  problem.setAttribute('role', 'alert');
  const foot = element('div', '', 'portal-buttons');
  const go = button(LABEL, async () => {
    go.disabled = true;
    try {
      await api.move(path, versionOf(path) ?? '', to);
      dialog.close();
      openMoved(path, to, isPublic);
    } catch (error) {
      problem.textContent = (error as Error).message;
      go.disabled = false;
    }
  });
  foot.append(
    button('取消', () => dialog.close(), 'plain'),
    go,
  );
  const dialog = openDialog(`从 ${plan.from} 改为 ${plan.to}`, 'portal-move', list, problem, foot);
  go.focus();
}

/** Opens the entry at its new address. Decap caches entries by slug, so the page is reloaded. */
function openMoved(path: string, to: string, isPublic: boolean): void {
  const [, folder = '', extension = ''] = /^content\/([\w-]+)\/.*(\.\w+)$/.exec(path) ?? [];
  if (isPublic) watchBuild(`content/${folder}/${to}${extension}`);
  const dialog = openDialog(
    '地址已经更改',
    'portal-move',
    element('p', '接下来打开新地址的这一条。'),
    buttons(button('好')),
  );
  dialog.addEventListener('close', () => {
    location.hash = `#/collections/${folder}/entries/${to}`;
    location.reload();
  });
}
