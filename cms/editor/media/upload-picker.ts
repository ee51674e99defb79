import { ATTACHMENT_EXTENSIONS, PICTURE_EXTENSIONS, PICTURE_NAMES } from '../../../src/model/uploads.ts';
import { api } from '../client/api.ts';
import { button, element } from '../dialogs/dialog.ts';
import { toMediaFile } from './media-file.ts';
import { debounceSearch } from './debounce-search.ts';
import { uploadFile } from './upload.ts';

/** A form control that chooses an upload: a new file or one from the media library. */

interface PickerOptions {
  /** Label of the field, e.g. 「图片」. */
  label: string;
  kind: 'image' | 'file';
  /** `/uploads/…`, or empty. */
  value: string;
  onChange: (value: string) => void;
}

/** The control; its first button gets the focus. */
export function uploadPicker({ label, kind, value, onChange }: PickerOptions): HTMLElement {
  const picker = element('div', '', 'portal-picker');
  const chosen = element('output', '', 'portal-chosen');
  const status = element('p', '', 'portal-said');
  status.setAttribute('role', 'status');
  const grid = element('ul', '', 'portal-uploads');
  const more = button('再看一些', () => void load(page + 1));
  let page = 1;
  let query = '';
  /** Number of the latest request: responses to earlier ones are ignored. */
  let latestRequest = 0;
  let current = value;

  const show = () => {
    const name = current.replace(/^\/uploads\//, '');
    chosen.replaceChildren(current ? `已选：${name}` : `还没有选${label}`);
    if (current && kind === 'image') chosen.prepend(thumbnail(current));
    for (const item of grid.querySelectorAll('button'))
      item.setAttribute('aria-pressed', String(item.value === current));
  };
  const choose = (path: string) => {
    current = path;
    onChange(path);
    show();
  };

  const input = element('input');
  input.type = 'file';
  input.hidden = true;
  const extensions = kind === 'image' ? [...PICTURE_EXTENSIONS, ...PICTURE_NAMES] : ATTACHMENT_EXTENSIONS;
  input.accept = extensions.map((extension) => `.${extension}`).join(',');
  const upload = button('上传新的…', () => input.click());
  input.addEventListener('change', async () => {
    const [file] = input.files ?? [];
    if (!file) return;
    upload.disabled = true;
    status.textContent = `正在上传「${file.name}」…`;
    try {
      const { path } = await uploadFile(file);
      status.textContent = '上传好了';
      choose(`/${path}`);
      await load(1);
    } catch (error) {
      status.textContent = `没有上传：${(error as Error).message}`;
    }
    input.value = '';
    upload.disabled = false;
  });

  const search = element('input');
  search.type = 'search';
  search.placeholder = '在传过的文件里找';
  search.setAttribute('aria-label', `在传过的${label}里找`);
  search.addEventListener('input', () => {
    query = search.value;
    debounceSearch(() => void load(1));
  });
  // Enter would submit the form.
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault();
  });

  async function load(pageToLoad: number) {
    const request = ++latestRequest;
    try {
      const { files, hasMore } = await api.media(query, pageToLoad, kind === 'image');
      if (request !== latestRequest) return;
      page = pageToLoad;
      if (page === 1) grid.replaceChildren();
      for (const file of files) grid.append(card(`/${file.path}`));
      if (page === 1 && files.length === 0)
        grid.append(element('li', query ? '没有找到这样的文件，换个词试试' : '还没有传过文件', 'empty'));
      more.hidden = !hasMore;
      show();
    } catch (error) {
      status.textContent = `传过的文件没有列出来：${(error as Error).message}`;
    }
  }

  function card(path: string): HTMLLIElement {
    const item = element('li');
    const press = button('', () => choose(path));
    press.value = path;
    if (kind === 'image') press.append(thumbnail(path));
    press.append(element('span', path.replace(/^\/uploads\//, '')));
    item.append(press);
    return item;
  }

  const tools = element('div', '', 'portal-picker-tools');
  tools.append(upload, search, input);
  picker.append(chosen, tools, status, grid, more);
  more.hidden = true;
  show();
  void load(1);
  return picker;
}

function thumbnail(path: string): HTMLImageElement {
  const image = element('img');
  image.src = toMediaFile({ path: path.slice(1), size: 0 }).url;
  image.alt = '';
  image.loading = 'lazy';
  return image;
}
