import { resolve } from 'node:path';
import { foldersOfEnvironment, openContent, setCurrentContent } from '../../../../src/store/index.ts';
import type { ContentType, SettingsFile } from '../../../../src/model/type.ts';
import { settingsFiles, typeNamed } from '../../../../src/types/index.ts';
import { readFileParts } from '../../../documents/format.ts';
import { endWithParent } from '../../process/parent.ts';
import { withPlaceholders } from './placeholders.ts';
import { loadTemplates } from '../templates/templates.ts';

/**
 * Draws pages of entries as they are being written, with the templates of the last full build: the preview is the page. A
 * process of its own, run in the workspace, that holds the published content in memory; after the next publish another one
 * takes its place.
 */

/** An entry, or the site's settings, as they are in an editor's form. */
export interface DraftEntry {
  /** Name of the content type, or of the settings: their page is the home page. */
  type: string;
  slug: string;
  /** The whole file. */
  text: string;
}

/** A page as it is published. */
export interface PageAddress {
  /** Below the base path: `/articles/silage/`. */
  address: string;
}

export type PreviewRequest = (DraftEntry | PageAddress) & { id: number };

/** The page; without `html` there is none for such an entry as it is now. */
export interface Drawing {
  id: number;
  html?: string | undefined;
}

const templates = await loadTemplates(resolve('.'));
const content = setCurrentContent(openContent(foldersOfEnvironment()));
content.freeze();

let shown: { type: ContentType; slug: string } | undefined;

/** The page that shows these settings, as it would be with them. */
async function drawSettings(settings: SettingsFile, text: string): Promise<string | undefined> {
  const data = withPlaceholders(settings.schema, readFileParts(text, 'yaml').data);
  if (!data || !settings.page) return undefined;
  content.showSettings(settings, data);
  return pageAt(settings.page);
}

/** Pages without settings that somebody is trying out. */
const showSavedSettings = () => {
  for (const settings of settingsFiles) content.showSettings(settings, undefined);
};

async function draw({ type: name, slug, text }: DraftEntry): Promise<string | undefined> {
  showSavedSettings();
  const settings = settingsFiles.find((file) => file.name === name);
  if (settings) return drawSettings(settings, text);
  const type = typeNamed(name);
  const address = type?.address?.(slug);
  if (!type || !address) return undefined;
  if (shown && (shown.type !== type || shown.slug !== slug)) content.showSaved(shown.type);
  const { data: written, body } = readFileParts(text, type.format);
  const data = withPlaceholders(type.schema, written);
  if (!data) return undefined;
  shown = { type, slug };
  // Through JSON, as entries are when they are kept.
  content.showDraft(type, {
    id: slug,
    data: JSON.parse(JSON.stringify(data)),
    digest: content.holdBody(body),
  });
  return pageAt(address);
}

async function pageAt(address: string): Promise<string | undefined> {
  const page = await templates.find(address);
  if (!page) return undefined;
  const response = await templates.render(page);
  return response.ok ? await response.text() : undefined;
}

function publishedPage(address: string): Promise<string | undefined> {
  showSavedSettings();
  return pageAt(address);
}

let last: Promise<unknown> = Promise.resolve();

process.on('message', ({ id, ...what }: PreviewRequest) => {
  // One after the other: what is shown in place of what is saved is one for the process.
  last = last
    .then(() => ('address' in what ? publishedPage(what.address) : draw(what)))
    // An unfinished front matter is normal; the editor then shows the body alone.
    .catch(() => undefined)
    .then((html) => process.send?.({ id, html } satisfies Drawing));
});
endWithParent();
