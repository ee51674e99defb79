import { html } from 'hono/html';
import { typeNamed } from '../../../../../src/types/index.ts';
import { KEEP_WORKING_COPY_DAYS, type ListedWorkingCopy } from '../../../../protocol/working-copies.ts';
import { editorAddress } from '../../page/editor-address.ts';
import type { Markup } from '../../page/index.ts';
import { timeOf } from '../../page/time.ts';
import { foldedList } from './findings.ts';

/** What this person has typed and not saved; nothing when there is none. */
export function unsavedPanel(copies: readonly ListedWorkingCopy[], root: string): Markup {
  if (copies.length === 0) return html``;
  return html`<section class="panel" aria-labelledby="unsaved">
    <h2 id="unsaved">没有保存的稿子（${copies.length}）</h2>
    <p>
      写了没有保存的字，服务器替你留着，只有你看得到。打开它，选「接着写」或「丢弃」；${KEEP_WORKING_COPY_DAYS}
      天没有动的自动删去。
    </p>
    ${foldedList(copies, (copy) => copyLine(copy, root))}
  </section>`;
}

const copyLine = (
  { folder, path, title, at, machine, newer, isGone }: ListedWorkingCopy,
  root: string,
): Markup =>
  html`<a href="${path ? editorAddress(root, path) : `${root}admin/#/collections/${folder}/new`}"
      >「${title || '还没有标题'}」</a
    >
    <span class="tag"
      >${path ? '改了没有保存' : isGone ? '原来那一条已经删除' : `新的${typeNamed(folder)?.label ?? '一篇'}`}</span
    >
    <small class="muted">
      ${timeOf(at)}，${machine}${newer && `；后来${newer.name ?? '别人'}又保存过，打开会并排比较`}
    </small>`;
