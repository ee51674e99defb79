import { PREFERENCES } from './options.ts';
import panelCss from './panel.css?inline';

/** What only scripts can use is brought by them: no page carries it, and a browser keeps it for all pages. */

const radio = (name: string, value: string, text: string) =>
  `<label><input type="radio" name="${name}" value="${value}"><span>${text}</span></label>`;

const FIELDSETS = PREFERENCES.map(({ name, label, options }) => {
  const radios = Object.keys(options).map((value) => radio(name, value, options[value] ?? ''));
  return `<fieldset><legend>${label}</legend><div class="choices">${radios.join('')}</div></fieldset>`;
}).join('');

const READER =
  '<button type="button" class="pause">暂停朗读</button>' +
  '<button type="button" class="stop plain">停止朗读</button><span role="status"></span>';

/** Puts in the choices of the settings panel, the buttons of `<read-aloud>`, and the styles of both. */
export function furnish(panel: Element, reader: Element | null): void {
  const style = document.createElement('style');
  style.textContent = panelCss;
  document.head.append(style);
  panel.insertAdjacentHTML('afterbegin', FIELDSETS);
  if (reader) reader.innerHTML = READER;
}
