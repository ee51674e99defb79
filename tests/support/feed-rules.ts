import { parser } from 'sax';

/** Own rules for feeds: Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */

interface Element {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: Element[];
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/;
const ADDRESS = /^https?:\/\/[^\s<>"]+$/;

/** Elements of a feed and of an entry: those that must be there once, and those that may. */
const FEED = {
  once: ['id', 'title', 'updated'],
  may: ['subtitle', 'link', 'icon', 'author', 'entry'],
};
const ENTRY = {
  once: ['id', 'title', 'updated', 'summary'],
  may: ['published', 'link', 'author', 'category'],
};

function parseXml(xml: string): Element {
  const root: Element = { name: '', attributes: {}, text: '', children: [] };
  const open = [root];
  const reader = parser(true);
  reader.onerror = (error) => {
    throw error;
  };
  reader.onopentag = ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, text: '', children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  };
  reader.ontext = (text) => {
    const last = open.at(-1);
    if (last) last.text += text;
  };
  reader.onclosetag = () => void open.pop();
  reader.write(xml).close();
  return root.children[0] ?? root;
}

/**
 * What is wrong with an Atom feed, in words.
 *
 * @param address full address of the feed
 */
export function faultsOfAtom(xml: string, address: string): string[] {
  const feed = parseXml(xml);
  const faults: string[] = [];
  if (!xml.startsWith('<?xml version="1.0" encoding="utf-8"?>')) faults.push('没有 XML 声明');
  if (feed.name !== 'feed' || feed.attributes.xmlns !== 'http://www.w3.org/2005/Atom')
    faults.push('不是 Atom');
  if (feed.attributes['xml:lang'] !== 'zh-CN') faults.push('没有写明语言');
  faults.push(...faultsOfElement(feed, FEED, '订阅源'));
  if (linkOf(feed, 'self') !== address) faults.push(`self 指到 ${linkOf(feed, 'self')}`);
  const entries = feed.children.filter(({ name }) => name === 'entry');
  const ids = new Set<string>();
  for (const entry of entries) {
    const id = textOf(entry, 'id');
    if (ids.has(id)) faults.push(`两条用一个编号 ${id}`);
    ids.add(id);
    faults.push(...faultsOfElement(entry, ENTRY, id));
    if (textOf(entry, 'updated') < textOf(entry, 'published')) faults.push(`${id} 更新早于发布`);
  }
  const newest = entries
    .map((entry) => textOf(entry, 'updated'))
    .sort()
    .at(-1);
  if (newest && textOf(feed, 'updated') !== newest) faults.push('更新时间不是最新一条的');
  return faults;
}

const textOf = (element: Element, wanted: string) =>
  element.children.find(({ name }) => name === wanted)?.text ?? '';

const linkOf = ({ children }: Element, rel: string) =>
  children.find(({ name, attributes }) => name === 'link' && attributes.rel === rel)?.attributes.href;

function faultsOfElement(
  element: Element,
  { once, may }: { once: readonly string[]; may: readonly string[] },
  at: string,
): string[] {
  const faults: string[] = [];
  const names = element.children.map(({ name }) => name);
  for (const name of once)
    if (names.filter((one) => one === name).length !== 1) faults.push(`${at} 要有一个 ${name}`);
  for (const name of new Set(names))
    if (![...once, ...may].includes(name)) faults.push(`${at} 不该有 ${name}`);
  for (const { name, attributes, text, children } of element.children) {
    if (['id', 'icon'].includes(name) && !ADDRESS.test(text))
      faults.push(`${at} 的 ${name} 不是完整的网址：${text}`);
    if (['updated', 'published'].includes(name) && !TIME.test(text))
      faults.push(`${at} 的 ${name} 写法不对：${text}`);
    if (['title', 'summary', 'subtitle'].includes(name) && text.trim() === '')
      faults.push(`${at} 的 ${name} 是空的`);
    if (name === 'link' && !ADDRESS.test(attributes.href ?? '')) faults.push(`${at} 的链接不完整`);
    if (name === 'category' && !attributes.term) faults.push(`${at} 的 category 没有 term`);
    if (name === 'author' && !children.some((child) => child.name === 'name' && child.text !== ''))
      faults.push(`${at} 的作者没有名字`);
  }
  if (!names.includes('author')) faults.push(`${at} 没有作者`);
  if (!linkOf(element, 'alternate')) faults.push(`${at} 没有网页的链接`);
  return faults;
}

const JSON_FEED = [
  'version',
  'title',
  'description',
  'home_page_url',
  'feed_url',
  'icon',
  'language',
  'authors',
  'items',
];
const JSON_ITEM = [
  ...[
    'id',
    'url',
    'title',
    'summary',
    'content_text',
    'image',
    'date_published',
    'date_modified',
    'authors',
    'tags',
  ],
];

/** What is wrong with a JSON Feed, in words. */
export function faultsOfJsonFeed(text: string, address: string): string[] {
  const feed = JSON.parse(text) as Record<string, unknown> & { items: Record<string, unknown>[] };
  const faults = JSON_FEED.filter((name) => feed[name] === undefined).map((name) => `没有 ${name}`);
  if (feed.version !== 'https://jsonfeed.org/version/1.1') faults.push('版本不对');
  if (feed.feed_url !== address) faults.push(`feed_url 是 ${feed.feed_url}`);
  for (const name of Object.keys(feed)) if (!JSON_FEED.includes(name)) faults.push(`不该有 ${name}`);
  const ids = feed.items.map(({ id }) => id);
  if (new Set(ids).size < ids.length) faults.push('两条用一个编号');
  for (const item of feed.items) {
    for (const name of Object.keys(item))
      if (!JSON_ITEM.includes(name)) faults.push(`${item.id} 不该有 ${name}`);
    for (const name of ['id', 'url', 'image'])
      if (item[name] !== undefined && !ADDRESS.test(String(item[name])))
        faults.push(`${item.id} 的 ${name} 不完整`);
    for (const name of ['date_published', 'date_modified'])
      if (!TIME.test(String(item[name]))) faults.push(`${item.id} 的 ${name} 写法不对`);
    for (const name of ['title', 'content_text']) if (!item[name]) faults.push(`${item.id} 没有 ${name}`);
    for (const author of item.authors as { name?: string }[])
      if (!author.name) faults.push(`${item.id} 的作者没有名字`);
  }
  return faults;
}
