import { html } from 'hono/html';
import { PICTURE_EXTENSIONS } from '../../../../../src/model/uploads.ts';
import type { PhotoRow } from '../../../../results/form.ts';
import type { Markup } from '../../page/index.ts';
import { faultOf, textInput, type Told } from './controls.ts';

/** The photos of the form: chosen files are uploaded at once, so that nothing has to be chosen again after an error. */

interface Photos extends Told {
  photos: readonly PhotoRow[];
  root: string;
  association: string;
}

export const photoPart = ({ photos, root, ...told }: Photos): Markup =>
  html`<input type="hidden" name="photos" value="${photos.length}" />
    ${photos.map((photo, number) => photoMarkup(photo, number, root, told))}
    <div>
      <label for="files">选照片</label>
      <input
        id="files"
        type="file"
        name="files"
        multiple
        accept="${PICTURE_EXTENSIONS.map((extension) => `.${extension}`).join(',')}"
      />
      <small>一次选几张都行，合起来不超过 25 MB。选好先按「上传照片」，再给每张写一句话。</small>
      ${faultOf('files', told)}
    </div>
    <p class="actions">
      <button class="plain" name="step" value="upload" formaction="#photos">上传照片</button>
    </p>`;

function photoMarkup(
  { src, alt, license, caption }: PhotoRow,
  number: number,
  root: string,
  told: Told,
): Markup {
  const name = (field: string) => `photo-${number}-${field}`;
  return html`<fieldset class="photo">
    <legend>第 ${number + 1} 张</legend>
    <input type="hidden" name="${name('src')}" value="${src}" />
    <img src="${root}${src.replace(/^\//, '')}" alt="" loading="lazy" />
    ${faultOf(name('src'), told)}
    ${textInput({ name: name('alt'), label: '照片里是什么', hint: '给看不见照片的人，如「村民围着农技员看果树剪枝」；不写人名。', value: alt, ...told })}
    ${textInput({ name: name('license'), label: '谁拍的、准不准用', value: license, ...told })}
    ${textInput({ name: name('caption'), label: '图注（可不填）', value: caption, ...told })}
    <label><input type="checkbox" name="${name('remove')}" value="1" /> 不用这一张</label>
  </fieldset>`;
}
