import { button, buttons, element, openDialog } from '../../dialogs/dialog.ts';
import { keys } from '../commands/keys.ts';

/** The sheet of keys: Ctrl+/. */

const OTHERS: readonly [string, string][] = [
  ['Mod-s', '保存'],
  ['Mod-k', '链接'],
  ['Mod-f', '查找'],
  ['Mod-h', '查找和替换'],
  ['Mod-/', '这张表'],
  ['/ 或 、', '在一段的开头：插入表格、图片、内容块……'],
  ['## 空格', '小标题'],
  ['- 空格', '项目列表'],
  ['1. 空格', '编号列表'],
  ['> 空格', '引用'],
  ['Alt-F10', '到工具栏'],
];

const NAMES: Record<string, string> = { Mod: 'Ctrl', ArrowUp: '↑', ArrowDown: '↓' };

const shown = (key: string) =>
  /^(Mod|Alt|Shift|Tab)/.test(key)
    ? key
        .split('-')
        .map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part))
        .join('+')
    : key;

export function openHelp(closed: () => void): boolean {
  const table = element('table', '', 'portal-doc-keys');
  const rows = [...OTHERS, ...keys.map(({ keys: key, does }): [string, string] => [key, does])];
  for (const [key, does] of rows) {
    const row = table.insertRow();
    row.append(element('th', shown(key)), element('td', does));
    row.querySelector('th')?.setAttribute('scope', 'row');
  }
  const dialog = openDialog('快捷键', 'portal-help', table, buttons(button('知道了')));
  dialog.addEventListener('close', closed);
  return true;
}
