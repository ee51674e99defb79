import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { tokensCss } from '../../../../src/style/tokens.ts';
import type { SiteSettings } from '../../../../src/types/site-settings.ts';
import { siteHeaders } from './headers.ts';

/** The editor's page: the bundled `index.html`, which wears the county's name and colours before any script has come. */

/** What the editor's page takes of the settings. */
export type Face = Pick<SiteSettings, 'name' | 'themeColor'>;

/** Where the bundled page has the site's variables. */
const STYLE = '<style id="site-tokens"></style>';
/** Where it has the site's name. */
const NAME = /<(\w+) data-site-name>[^<]*/g;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character] as string);

/** The bundled page with the name and the colours of the site; pages without the places stay as they are. */
export function withFace(page: string, { name, themeColor }: Face): string {
  const site = escapeHtml(name);
  // Within a string of CSS, within a style element.
  const inCss = name.replace(/[\\"<\n\r\f]/g, '');
  return page
    .replace(
      STYLE,
      () => `<style id="site-tokens">${tokensCss(themeColor)}:root{--site-name:"${inCss}"}</style>`,
    )
    .replace(NAME, (_, element: string) => `<${element} data-site-name>${site}`)
    .replace('<title>编辑后台</title>', () => `<title>编辑后台 · ${site}</title>`);
}

/** Sends the editor's page. */
export function sendEditorPage(
  request: IncomingMessage,
  response: ServerResponse,
  { folder, face }: { folder: string; face: Face },
): void {
  const page = withFace(readFileSync(join(folder, 'admin/index.html'), 'utf8'), face);
  response.writeHead(200, { ...siteHeaders('/admin/'), 'Content-Length': Buffer.byteLength(page) });
  response.end(request.method === 'HEAD' ? undefined : page);
}
