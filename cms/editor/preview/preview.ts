import type { Map as ImmutableMap } from 'immutable';
import { createElement as h, type MouseEvent, type ReactElement, useEffect, useState } from 'react';
import blockCss from '../../../src/blocks/style.css?inline';
import { dayText, rangeText } from '../../../src/calendar/text.ts';
import { elementOf, metaOf, shapeOf } from '../../../src/model/schema.ts';
import type { ContentType } from '../../../src/model/type.ts';
import siteCss from '../../../src/style/index.css?inline';
import proseCss from '../../../src/style/prose.css?inline';
import { tokensCss } from '../../../src/style/tokens.ts';
import { BODY_FIELD, titleFieldOf } from '../../documents/names.ts';
import { stringifyEntry } from '../../documents/entry-format.ts';
import { siteRoot } from '../client/address.ts';
import { renderInBrowser } from '../body/render-body.ts';
import { draftSlug } from '../entries/draft.ts';
import { referenceTitle } from '../entries/reference-titles.ts';
import { PageView, usePage } from './page-preview.ts';
import previewCss from './preview.css?inline';
import { ViewportSwitch } from './viewport-switch.ts';

/**
 * The preview pane: the page as the server draws it with the site's templates; where it cannot, the body rendered by the
 * site's own code, and the other fields in words.
 */

/** Styles of the preview, for `registerPreviewStyle`. */
export const previewStyles = (themeColor: string) =>
  [tokensCss(themeColor), siteCss, proseCss, blockCss, previewCss].join('\n');

interface PreviewProps {
  entry: ImmutableMap<string, unknown>;
  /** Of the frame that the preview stands in. */
  document: Document;
}

type Data = Record<string, unknown>;

const RENDER_DELAY_MS = 200;
const RETRY_DELAY_MS = 1000;

/** The preview of a type's entries, for `registerPreviewTemplate`. */
export const createPreview = (type: ContentType) => (props: PreviewProps) => h(Preview, { ...props, type });

interface Cover {
  src?: string;
  alt?: string;
  caption?: string;
  license?: string;
}

/** The page itself, or the words of it while there is none. */
function Preview({ type, entry, document }: PreviewProps & { type: ContentType }): ReactElement {
  const data = ((entry.get('data') as ImmutableMap<string, unknown>)?.toJS() ?? {}) as Data;
  const slug = String(entry.get('slug') || draftSlug(entry) || NAMELESS);
  const page = usePage(type, slug, stringifyEntry(data, type.format, type.schema));
  const pictureUrl = pictureFinder(entry);
  return h(
    'div',
    { onClick: stayHere, className: page.state === 'drawn' ? 'portal-whole' : 'wrap portal-preview' },
    h(ViewportSwitch, { document }),
    page.state === 'drawn' && h(PageView, { html: page.html, pictureUrl }),
    page.state === 'none' && h(Words, { type, data, pictureUrl }),
  );
}

/** Stands for the name of an entry that has no title yet. */
const NAMELESS = 'preview';

interface WordsProps {
  type: ContentType;
  data: Data;
  pictureUrl: (address: string) => string;
}

/** The body in the site's styles, the other fields in words. */
function Words({ type, data, pictureUrl }: WordsProps): ReactElement {
  const titleField = titleFieldOf(type.schema);
  const shape = shapeOf(type.schema);
  const pictureFields = Object.entries(shape).flatMap(([name, field]) =>
    metaOf(field)?.widget === 'object' && 'alt' in shapeOf(field) ? [name] : [],
  );
  const { html, failed } = useBody(String(data[BODY_FIELD] ?? ''), pictureUrl);
  const cover = pictureFields.map((name) => data[name] as Cover | undefined)[0];
  const line = dateLine(type, data);
  return h(
    'main',
    null,
    h(
      'header',
      null,
      h('p', { className: 'portal-kind' }, (shape.kind && words(shape.kind, data.kind)) || type.label),
      h('h1', null, String(data[titleField] ?? '') || '（还没有标题）'),
      typeof data.summary === 'string' && h('p', { className: 'portal-lead' }, data.summary),
      line.length > 0 && h('p', { className: 'row small muted' }, line),
      cover?.src &&
        h(
          'figure',
          null,
          h('img', { src: pictureUrl(cover.src), alt: cover.alt ?? '' }),
          h('figcaption', { className: 'small muted' }, cover.caption, ' ', cover.license),
        ),
    ),
    failed && h('p', { role: 'status' }, '正文还没有画出来，正在再试；一直这样就请刷新页面'),
    // biome-ignore lint/security/noDangerouslySetInnerHtml: what `renderBody` makes cannot run anything; the CSP forbids it too
    h('div', { className: 'prose', dangerouslySetInnerHTML: { __html: html } }),
    facts(
      type.schema,
      data,
      new Set([titleField, 'summary', 'kind', ...dated(type), BODY_FIELD, ...pictureFields]),
    ),
  );
}

const PUBLICATION = { published: '发布', updated: '更新' } as const;

/** Fields that the line of dates shows. */
const dated = (type: ContentType): string[] => [
  'author',
  ...Object.keys(PUBLICATION),
  ...(happens(type) ? ['start', 'end'] : []),
];

const happens = (type: ContentType) => type.dateField === 'start';

const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value);

/** Who wrote it and its days, as under the title of the page. */
function dateLine(type: ContentType, data: Data): ReactElement[] {
  const { author, start, end } = data;
  const parts = Object.entries(PUBLICATION).flatMap(([name, verb]) => {
    const day = data[name];
    return isDay(day) ? [`${dayText(day)} ${verb}`] : [];
  });
  if (happens(type) && isDay(start)) parts.unshift(rangeText(start, isDay(end) ? end : undefined));
  if (typeof author === 'string' && author) parts.unshift(author);
  return parts.map((part) => h('span', { key: part }, part));
}

/** Where the pictures are: those of this draft are not on the server yet, only in the browser. */
function pictureFinder(entry: ImmutableMap<string, unknown>): (address: string) => string {
  const files = (entry.get('mediaFiles') as Iterable<ImmutableMap<string, unknown>> | undefined) ?? [];
  const drafts = new Map(
    [...files]
      .filter((file) => file.get('draft'))
      .map((file) => [`/${file.get('path')}`, String(file.get('url'))]),
  );
  return (address) =>
    drafts.get(address) ?? (address.startsWith('/') ? siteRoot + address.slice(1) : address);
}

interface Drawn {
  html: string;
  failed: boolean;
}

/** The body as HTML. What could not be drawn is tried again: an old drawing must not stay as if it were the new one. */
function useBody(source: string, pictureUrl: (address: string) => string): Drawn {
  const [drawn, setDrawn] = useState<Drawn>({ html: '', failed: false });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `pictureUrl` is new at every call and always means the same
  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout>;
    const draw = async () => {
      try {
        const { html } = await renderInBrowser(source, pictureUrl);
        if (current) setDrawn({ html, failed: false });
      } catch (error) {
        if (!current) return;
        console.warn(error);
        setDrawn(({ html }) => ({ html, failed: true }));
        timer = setTimeout(draw, RETRY_DELAY_MS);
      }
    };
    timer = setTimeout(draw, RENDER_DELAY_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [source]);
  return drawn;
}

/** Links are shown, not followed: they would replace the preview. */
function stayHere(event: MouseEvent) {
  if ((event.target as Element).closest('a')) event.preventDefault();
}

function facts(schema: ContentType['schema'], data: Data, shownAbove: ReadonlySet<string>) {
  const rows = Object.entries(shapeOf(schema)).flatMap(([name, field]) => {
    const value = shownAbove.has(name) ? '' : words(field, data[name]);
    return value ? [h('div', { key: name }, h('dt', null, metaOf(field)?.label), h('dd', null, value))] : [];
  });
  return rows.length > 0 && h('dl', { className: 'portal-facts' }, rows);
}

type Schema = Parameters<typeof metaOf>[0];

/** A value in words: labels of choices, titles of relations, lists joined. */
function words(schema: Schema, value: unknown): string {
  if (value === undefined || value === null || value === '' || value === false) return '';
  const element = elementOf(schema);
  if (Array.isArray(value))
    return value
      .map((item) => words(element ?? schema, item))
      .filter(Boolean)
      .join('；');
  const meta = metaOf(schema);
  if (typeof value === 'object')
    return Object.entries(shapeOf(schema))
      .map(([name, field]) => {
        const text = words(field, (value as Data)[name]);
        return text && `${metaOf(field)?.label} ${text}`;
      })
      .filter(Boolean)
      .join('，');
  if (meta?.options) return meta.options[String(value)] ?? String(value);
  if (meta?.to) return referenceTitle(meta.to, String(value));
  return value === true ? '是' : String(value).replace('T', ' ');
}
