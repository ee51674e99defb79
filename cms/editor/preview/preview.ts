import type { Map as ImmutableMap } from 'immutable';
import { createElement as h, type MouseEvent, type ReactElement, useEffect, useState } from 'react';
import blockCss from '../../../src/blocks/style.css?inline';
import { dayText, rangeText } from '../../../src/calendar/text.ts';
import { elementOf, metaOf, shapeOf } from '../../../src/model/schema.ts';
import type { ContentType, SettingsFile } from '../../../src/model/type.ts';
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
 * The preview pane: the page as the server renders it with the site's templates; without one, the body rendered in the
 * browser and the other fields as text.
 */

/** Styles of the preview, for `registerPreviewStyle`. */
export const previewStyles = (themeColor: string) =>
  [tokensCss(themeColor), siteCss, proseCss, blockCss, previewCss].join('\n');

interface PreviewProps {
  entry: ImmutableMap<string, unknown>;
  /** The document of the preview's iframe. */
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

/** The preview of settings: the page that shows them best, for `registerPreviewTemplate`. */
export const createSettingsPreview = (settings: SettingsFile) => (props: PreviewProps) =>
  h(SettingsPreview, { ...props, settings });

function SettingsPreview({ settings, entry, document }: PreviewProps & { settings: SettingsFile }) {
  const data = ((entry.get('data') as ImmutableMap<string, unknown>)?.toJS() ?? {}) as Data;
  const page = usePage(settings, settings.name, stringifyEntry(data, 'yaml', settings.schema));
  return h(
    'div',
    { onClick: preventNavigation, className: 'portal-whole' },
    h(ViewportSwitch, { document }),
    page.state === 'drawn'
      ? h(PageView, { html: page.html, pictureUrl: pictureResolver(entry) })
      : h('p', { className: 'wrap', role: 'status' }, '正在画首页；保存以前，访客看不到这里的样子。'),
  );
}

/** The page, or the fields and the body while there is none. */
function Preview({ type, entry, document }: PreviewProps & { type: ContentType }): ReactElement {
  const data = ((entry.get('data') as ImmutableMap<string, unknown>)?.toJS() ?? {}) as Data;
  const slug = String(entry.get('slug') || draftSlug(entry) || PLACEHOLDER_SLUG);
  const page = usePage(type, slug, stringifyEntry(data, type.format, type.schema));
  const pictureUrl = pictureResolver(entry);
  return h(
    'div',
    {
      onClick: preventNavigation,
      className: page.state === 'drawn' ? 'portal-whole' : 'wrap portal-preview',
    },
    h(ViewportSwitch, { document }),
    page.state === 'drawn' && h(PageView, { html: page.html, pictureUrl }),
    page.state === 'none' && h(FieldsPreview, { type, data, pictureUrl }),
  );
}

/** Slug of an entry without a title. */
const PLACEHOLDER_SLUG = 'preview';

interface FieldsPreviewProps {
  type: ContentType;
  data: Data;
  pictureUrl: (address: string) => string;
}

/** The body in the site's styles, the other fields as text. */
function FieldsPreview({ type, data, pictureUrl }: FieldsPreviewProps): ReactElement {
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
      h('p', { className: 'portal-kind' }, (shape.kind && valueText(shape.kind, data.kind)) || type.label),
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
    fieldList(
      type.schema,
      data,
      new Set([titleField, 'summary', 'kind', ...dateLineFields(type), BODY_FIELD, ...pictureFields]),
    ),
  );
}

const PUBLICATION = { published: '发布', updated: '更新' } as const;

/** Fields that the line of dates shows. */
const dateLineFields = (type: ContentType): string[] => [
  'author',
  ...Object.keys(PUBLICATION),
  ...(isEvent(type) ? ['start', 'end'] : []),
];

const isEvent = (type: ContentType) => type.dateField === 'start';

const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value);

/** Author and dates, as below the title of the page. */
function dateLine(type: ContentType, data: Data): ReactElement[] {
  const { author, start, end } = data;
  const parts = Object.entries(PUBLICATION).flatMap(([name, verb]) => {
    const day = data[name];
    return isDay(day) ? [`${dayText(day)} ${verb}`] : [];
  });
  if (isEvent(type) && isDay(start)) parts.unshift(rangeText(start, isDay(end) ? end : undefined));
  if (typeof author === 'string' && author) parts.unshift(author);
  return parts.map((part) => h('span', { key: part }, part));
}

/** Resolves picture addresses: pictures of an unsaved draft are blobs in the browser. */
function pictureResolver(entry: ImmutableMap<string, unknown>): (address: string) => string {
  const files = (entry.get('mediaFiles') as Iterable<ImmutableMap<string, unknown>> | undefined) ?? [];
  const drafts = new Map(
    [...files]
      .filter((file) => file.get('draft'))
      .map((file) => [`/${file.get('path')}`, String(file.get('url'))]),
  );
  return (address) =>
    drafts.get(address) ?? (address.startsWith('/') ? siteRoot + address.slice(1) : address);
}

interface RenderedBody {
  html: string;
  failed: boolean;
}

/** The body as HTML. A failed rendering is marked and retried, so that old HTML does not pass for the new one. */
function useBody(source: string, pictureUrl: (address: string) => string): RenderedBody {
  const [body, setBody] = useState<RenderedBody>({ html: '', failed: false });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `pictureUrl` is a new function at each render with the same results
  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout>;
    const render = async () => {
      try {
        const { html } = await renderInBrowser(source, pictureUrl);
        if (current) setBody({ html, failed: false });
      } catch (error) {
        if (!current) return;
        console.warn(error);
        setBody(({ html }) => ({ html, failed: true }));
        timer = setTimeout(render, RETRY_DELAY_MS);
      }
    };
    timer = setTimeout(render, RENDER_DELAY_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [source]);
  return body;
}

/** A followed link would replace the preview. */
function preventNavigation(event: MouseEvent) {
  if ((event.target as Element).closest('a')) event.preventDefault();
}

function fieldList(schema: ContentType['schema'], data: Data, excluded: ReadonlySet<string>) {
  const rows = Object.entries(shapeOf(schema)).flatMap(([name, field]) => {
    const value = excluded.has(name) ? '' : valueText(field, data[name]);
    return value ? [h('div', { key: name }, h('dt', null, metaOf(field)?.label), h('dd', null, value))] : [];
  });
  return rows.length > 0 && h('dl', { className: 'portal-facts' }, rows);
}

type Schema = Parameters<typeof metaOf>[0];

/** A value as text: labels of choices, titles of relations, joined lists. */
function valueText(schema: Schema, value: unknown): string {
  if (value === undefined || value === null || value === '' || value === false) return '';
  const element = elementOf(schema);
  if (Array.isArray(value))
    return value
      .map((item) => valueText(element ?? schema, item))
      .filter(Boolean)
      .join('；');
  const meta = metaOf(schema);
  if (typeof value === 'object')
    return Object.entries(shapeOf(schema))
      .map(([name, field]) => {
        const text = valueText(field, (value as Data)[name]);
        return text && `${metaOf(field)?.label} ${text}`;
      })
      .filter(Boolean)
      .join('，');
  if (meta?.options) return meta.options[String(value)] ?? String(value);
  if (meta?.to) return referenceTitle(meta.to, String(value));
  return value === true ? '是' : String(value).replace('T', ' ');
}
