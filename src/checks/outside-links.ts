import { labelOfPath } from '../model/schema.ts';
import { defaultSettings } from '../types/site-settings.ts';
import { settings } from '../types/site.ts';
import { bodyLineOf, type Corpus, textsIn } from './corpus.ts';
import { linksOf } from './links.ts';

/** A place in the content that leads to a page of another site. */
export interface OutsideLink {
  /** `http(s)://…`, as it is written. */
  address: string;
  file: string;
  line: number | undefined;
  /** Chinese label of the field; undefined in a body. */
  field: string | undefined;
}

/** Whether a whole text is the address of a page; `http://…` within a sentence is words, not a link. */
const isAddress = (text: string) => /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);

/** Every link from fields and bodies to other sites. The site's own address is no other site. */
export function outsideLinksOf({ content, files }: Pick<Corpus, 'content' | 'files'>): OutsideLink[] {
  const own = files.find(({ kind }) => kind === settings.name)?.data.url ?? defaultSettings.url;
  const { origin } = new URL(String(own));
  const isOutside = (text: string) => isAddress(text) && new URL(text).origin !== origin;
  return files.flatMap((checked) => {
    const { file, schema, data, entry } = checked;
    const inFields = [...textsIn(data)]
      .filter(({ text }) => isOutside(text))
      .map(({ path, text }) => ({
        address: text,
        file,
        line: entry.lineOf(path),
        field: labelOfPath(schema, path),
      }));
    const inBody = linksOf(checked, content)
      .filter(isOutside)
      .map((address) => ({ address, file, line: bodyLineOf(checked, address), field: undefined }));
    return [...inFields, ...inBody];
  });
}
