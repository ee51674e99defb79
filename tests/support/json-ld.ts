/** Own rules for the JSON-LD of pages: what schema.org and search engines ask of each type that the site uses. */

type Node = Record<string, unknown>;

/** Properties that a node of a type must have. Types that are not here are not used by the site. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  AboutPage: ['name', 'url'],
  AdministrativeArea: ['name'],
  Article: [
    ...['headline', 'description', 'url', 'image', 'author', 'publisher', 'datePublished', 'dateModified'],
    ...['mainEntityOfPage', 'inLanguage'],
  ],
  Audience: ['audienceType'],
  BreadcrumbList: ['itemListElement'],
  Claim: ['name'],
  ClaimReview: ['url', 'claimReviewed', 'author', 'datePublished', 'itemReviewed', 'reviewRating'],
  CollectionPage: ['name', 'url'],
  CorrectionComment: ['text', 'datePublished'],
  CreativeWork: ['name'],
  DataCatalog: ['name', 'url'],
  DataDownload: ['contentUrl', 'encodingFormat'],
  Dataset: ['name', 'description', 'url', 'license', 'creator', 'distribution'],
  DigitalDocument: ['name', 'url', 'datePublished', 'publisher'],
  EducationalOrganization: ['name', 'address'],
  Event: [
    ...['name', 'url', 'startDate', 'location', 'eventStatus', 'eventAttendanceMode', 'organizer'],
    ...['isAccessibleForFree', 'inLanguage'],
  ],
  EventSeries: ['name', 'url', 'startDate', 'location', 'organizer', 'image'],
  GeoCoordinates: ['latitude', 'longitude'],
  HowTo: ['name', 'step'],
  HowToStep: ['text'],
  HowToSupply: ['name'],
  ImageObject: ['url', 'width', 'height'],
  ItemList: ['itemListElement'],
  ListItem: ['position', 'item'],
  LocalBusiness: ['name', 'url', 'address'],
  MediaObject: ['contentUrl'],
  MonetaryAmount: ['currency', 'value'],
  NewsArticle: ['headline', 'url', 'image', 'author', 'publisher', 'datePublished', 'dateModified'],
  Offer: ['price', 'priceCurrency', 'availability', 'url'],
  OpeningHoursSpecification: ['dayOfWeek', 'opens', 'closes'],
  Organization: ['name'],
  Person: ['name'],
  Place: ['name', 'address'],
  PostalAddress: ['addressCountry', 'addressRegion', 'addressLocality'],
  QuantitativeValue: ['value'],
  Rating: ['alternateName'],
  Report: ['name', 'url', 'datePublished', 'publisher'],
  SearchAction: ['target', 'query-input'],
  WebPage: [],
  WebSite: ['name', 'url'],
};

/** A moment with its offset. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/;
const REDUCED = /^\d{4}(?:-\d\d)?$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Properties that hold a date, and how it may be written. */
const DATES: Readonly<Record<string, readonly RegExp[]>> = {
  datePublished: [TIME, REDUCED],
  dateModified: [TIME, REDUCED],
  expires: [TIME],
  validFrom: [TIME],
  startDate: [TIME, DAY, REDUCED],
  endDate: [TIME, DAY, REDUCED],
  previousStartDate: [TIME, DAY],
  lastReviewed: [DAY],
  foundingDate: [REDUCED],
};

const ADDRESSES = new Set([
  '@id',
  'url',
  'image',
  'logo',
  'contentUrl',
  'license',
  'mainEntityOfPage',
  'item',
]);

/** The shortest description of a dataset that search engines take, in characters. */
const SHORTEST_DATASET = 50;

interface Place {
  /** Whether the site has what an own address leads to. */
  exists: (address: string) => boolean;
  /** `https://host/` of the site. */
  site: string;
}

/** What is wrong with the blocks of JSON-LD of a page, in words. */
export function faultsOfJsonLd(html: string, place: Place): string[] {
  const faults: string[] = [];
  for (const [, block = ''] of html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)) {
    const parsed = JSON.parse(block) as { '@context'?: string; '@graph'?: Node[] };
    if (parsed['@context'] !== 'https://schema.org') faults.push('没有 @context');
    for (const [index, node] of (parsed['@graph'] ?? []).entries())
      look(node, `${node['@type']}[${index}]`, place, faults);
  }
  return faults;
}

function look(node: Node, path: string, place: Place, faults: string[]): void {
  const type = String(node['@type']);
  const required = REQUIRED[type];
  if (!required) faults.push(`${path} 不认识的类型 ${type}`);
  for (const name of required ?? []) if (node[name] === undefined) faults.push(`${path} 没有 ${name}`);
  if (type === 'Dataset' && String(node.description).length < SHORTEST_DATASET)
    faults.push(`${path} 的 description 太短`);
  const publisher = node.publisher as Node | undefined;
  if (['Article', 'NewsArticle'].includes(type) && !publisher?.logo)
    faults.push(`${path} 的 publisher 没有 logo`);
  for (const [name, value] of Object.entries(node))
    for (const [index, item] of [value].flat().entries()) {
      const at = `${path}.${name}${Array.isArray(value) ? `[${index}]` : ''}`;
      if (item === null || item === '') faults.push(`${at} 是空的`);
      else if (typeof item === 'object') look(item as Node, at, place, faults);
      else if (typeof item === 'string') lookAtText(name, item, at, place, faults);
    }
}

function lookAtText(
  name: string,
  value: string,
  at: string,
  { site, exists }: Place,
  faults: string[],
): void {
  const forms = DATES[name];
  if (forms && !forms.some((form) => form.test(value))) faults.push(`${at} 的日期 ${value} 写法不对`);
  if (!ADDRESSES.has(name)) return;
  if (!/^https?:\/\//.test(value)) faults.push(`${at} 不是完整的网址：${value}`);
  else if (value.startsWith(site) && !exists(value)) faults.push(`${at} 指到没有的 ${value}`);
}
