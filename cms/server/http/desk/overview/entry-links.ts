import { html } from 'hono/html';
import { settingsFiles } from '../../../../../src/types/index.ts';
import type { Content } from '../../../../../src/store/index.ts';
import type { Newsroom } from '../../../services/newsroom/index.ts';
import { placeOf } from '../../../../documents/places.ts';
import { editorAddress } from '../../page/editor-address.ts';
import type { Markup } from '../../page/index.ts';

/** Links from the desk to entries in the editor. */

/** Makes a link to the entry, list or settings that a file holds; a file that the editor does not know is only named. */
export type EntryLink = (file: string) => Markup;

export const entryLinks =
  (root: string, content: Content, newsroom: Pick<Newsroom, 'titleOf'>): EntryLink =>
  (file) => {
    const place = placeOf(content, file);
    if (!place) return html`${file}`;
    const settings = settingsFiles.find(({ name }) => name === place.kind);
    const label = (place.list ?? settings)?.label ?? newsroom.titleOf(file);
    return html`<a href="${editorAddress(root, file)}">${label}</a>`;
  };
