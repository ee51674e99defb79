import './client/random-uuid.ts';
import CMS from './decap/app.ts';
import { z } from 'zod';
import { settingsFiles, types } from '../../src/types/index.ts';
import { decapConfig } from '../documents/config.ts';
import { DATA_FORMAT, formatOf, titleFieldOf } from '../documents/names.ts';
import { parseEntry, stringifyEntry } from '../documents/entry-format.ts';
import type { FileFormat } from '../documents/format.ts';
import { siteRoot } from './client/address.ts';
import { api, UserError } from './client/api.ts';
import { PortalBackend } from './entries/backend.ts';
import { completeDraft } from './entries/draft.ts';
import { guardAgainstFiles } from './media/dropped-files.ts';
import { createPreview, createSettingsPreview, previewStyles } from './preview/preview.ts';
import { registerSaveShortcut } from './save-shortcut.ts';
import { BodyControl } from './widgets/body.ts';
import { withOptionalObject } from './widgets/object.ts';
import { MomentControl } from './widgets/moment.ts';
import { withPointPicker } from './widgets/point.ts';
import { ReviewControl } from './widgets/review.ts';
import { withReadableRows } from './widgets/list.ts';
import { SlugControl } from './widgets/slug.ts';
import { watchAutosave } from './unsaved/autosave.ts';
import { watchPresence } from './presence/index.ts';
import { watchRefusedSaves } from './entries/refused-save.ts';
import { watchVersions } from './entries/versions.ts';
import { UidControl } from './widgets/uid.ts';

/** The editor: Decap with this site's backend, widgets, file formats and previews. */

/** Decap's types lack some of its functions and options. */
const cms = CMS as unknown as Record<string, (...values: unknown[]) => void> & {
  getWidget: (name: string) => { control: unknown };
};

cms.registerBackend?.('portal', PortalBackend);

const control = (name: string) => cms.getWidget(name).control;
cms.registerWidget?.('object', withOptionalObject(control('object')));
cms.registerWidget?.('point', withPointPicker(control('object')));
cms.registerWidget?.('list', withReadableRows(control('list')));
cms.registerWidget?.('review', ReviewControl);
cms.registerWidget?.('slug', SlugControl);
cms.registerWidget?.('uid', UidControl);
cms.registerWidget?.('moment', MomentControl);
cms.registerWidget?.('body', BodyControl);

/** Marks an entry whose file cannot be parsed: it is listed and can be opened, but not saved. */
const UNREADABLE = '_unreadable';

function registerFormat(name: string, format: FileFormat, schema: z.ZodObject) {
  const title = titleFieldOf(schema);
  cms.registerCustomFormat?.(name, format, {
    fromFile(text: string) {
      try {
        return parseEntry(text, format, schema);
      } catch (error) {
        return { [title]: `读不懂的文件：${(error as Error).message}`, [UNREADABLE]: true };
      }
    },
    toFile(data: Record<string, unknown>) {
      if (UNREADABLE in data) throw new UserError('这个文件的开头有错，请先用文本编辑器改正，再在这里修改');
      return stringifyEntry(data, format, schema);
    },
  });
}

for (const type of types) {
  registerFormat(formatOf(type), type.format, type.schema);
  cms.registerPreviewTemplate?.(type.name, createPreview(type));
}
for (const settings of settingsFiles)
  if (settings.page) cms.registerPreviewTemplate?.(settings.name, createSettingsPreview(settings));
// Decap does not pass the name of the file to a format, so these are validated by the server alone.
registerFormat(DATA_FORMAT, 'yaml', z.object({}));

cms.registerEventListener?.({
  name: 'preSave',
  handler: ({ entry }: { entry: Parameters<typeof completeDraft>[0] }) => completeDraft(entry),
});

const session = await api.session().catch(() => undefined);
document.title = session ? `编辑后台 · ${session.site.name}` : '编辑后台';
// Decap would restore the user of its last visit and end the current session if that fails.
localStorage.removeItem('decap-cms-user');
watchVersions();
watchAutosave();
watchPresence();
watchRefusedSaves();
registerSaveShortcut();
guardAgainstFiles();
cms.registerPreviewStyle?.(previewStyles(session?.site.themeColor ?? '#1f6f5c'), { raw: true });
cms.init?.({ config: decapConfig({ siteUrl: new URL(siteRoot, location.href).href }) });
