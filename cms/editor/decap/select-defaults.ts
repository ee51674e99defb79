import { defaultProps } from 'virtual:react-select';

/**
 * The texts of react-select in Chinese, also those for a screen reader: https://react-select.com/advanced#accessibility
 * Decap's widgets pass it none, so that its defaults are what is shown.
 */

interface Focus {
  context: string;
  label?: string;
}

interface Change {
  action: string;
  label?: string;
  labels: string[];
}

const CHANGES: Record<string, (change: Change) => string> = {
  'deselect-option': ({ label = '' }) => `去掉了 ${label}。`,
  'pop-value': ({ label = '' }) => `去掉了 ${label}。`,
  'remove-value': ({ label = '' }) => `去掉了 ${label}。`,
  clear: () => '全部清空了。',
  'initial-input-focus': ({ labels }) => (labels.length > 0 ? `已选 ${labels.join('、')}。` : ''),
  'select-option': ({ label = '' }) => `选了 ${label}。`,
};

const GUIDANCE: Record<string, string> = {
  menu: '用上下键挑选，按回车选中，按 Esc 关闭。',
  input: '可以输入文字查找，按向下键打开列表。',
  value: '用左右键在已选的之间移动，按退格键去掉。',
};

const ariaLiveMessages = {
  guidance: ({ context }: Focus) => GUIDANCE[context] ?? '',
  onChange: (change: Change) => CHANGES[change.action]?.(change) ?? '',
  onFocus: ({ label = '' }: Focus) => `${label}。`,
  onFilter: ({ resultsMessage }: { resultsMessage: string }) => `${resultsMessage}。`,
};

Object.assign(defaultProps, {
  ariaLiveMessages,
  loadingMessage: () => '正在加载…',
  noOptionsMessage: () => '没有可选的',
  screenReaderStatus: ({ count }: { count: number }) => `${count} 项可选`,
});
