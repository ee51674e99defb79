/**
 * Own strict rules for iCalendar files (RFC 5545), apart from the two parsers of the tests, which forgive much: the form of
 * lines, what each component must and may have, the form of each value.
 */

interface Line {
  name: string;
  parameters: Record<string, string>;
  value: string;
}

const MAX_OCTETS = 75;

/** name *(";" param "=" value) ":" value; no control characters but tabs. */
const CONTENT_LINE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
  /^([A-Z][A-Z0-9-]*)((?:;[A-Z][A-Z0-9-]*=(?:"[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*))*):([^\x00-\x08\x0a-\x1f\x7f]*)$/;

const TEXT = /^(?:[^\\;,]|\\[\\;,nN])*$/;
const UTC = /^\d{8}T\d{6}Z$/;
const LOCAL = /^\d{8}T\d{6}$/;
const DAY = /^\d{8}$/;

const FORMS: Readonly<Record<string, RegExp>> = {
  VERSION: /^2\.0$/,
  PRODID: TEXT,
  CALSCALE: /^GREGORIAN$/,
  NAME: TEXT,
  'X-WR-CALNAME': TEXT,
  'X-WR-TIMEZONE': /^Asia\/Shanghai$/,
  'X-PUBLISHED-TTL': /^PT\d+H$/,
  'REFRESH-INTERVAL': /^PT\d+H$/,
  URL: /^https?:\/\/[\x21-\x7e]+$/,
  TZID: /^Asia\/Shanghai$/,
  TZOFFSETFROM: /^\+0800$/,
  TZOFFSETTO: /^\+0800$/,
  TZNAME: TEXT,
  UID: TEXT,
  DTSTAMP: UTC,
  CREATED: UTC,
  'LAST-MODIFIED': UTC,
  SEQUENCE: /^\d+$/,
  STATUS: /^(?:TENTATIVE|CONFIRMED|CANCELLED)$/,
  SUMMARY: TEXT,
  LOCATION: TEXT,
  DESCRIPTION: TEXT,
  CATEGORIES: /^(?:[^\\;]|\\[\\;,nN])*$/,
};

/** Properties of a component: those that it must have, and all that it may have, each at most once. */
const COMPONENTS: Readonly<Record<string, { must: readonly string[]; may: readonly string[] }>> = {
  VCALENDAR: {
    must: ['VERSION', 'PRODID', 'NAME', 'X-WR-CALNAME', 'URL'],
    may: ['CALSCALE', 'X-WR-TIMEZONE', 'REFRESH-INTERVAL', 'X-PUBLISHED-TTL'],
  },
  VTIMEZONE: { must: ['TZID'], may: [] },
  STANDARD: { must: ['DTSTART', 'TZOFFSETFROM', 'TZOFFSETTO'], may: ['TZNAME'] },
  VEVENT: {
    must: ['UID', 'DTSTAMP', 'DTSTART', 'SUMMARY', 'STATUS', 'SEQUENCE', 'LOCATION', 'DESCRIPTION', 'URL'],
    may: ['DTEND', 'CREATED', 'LAST-MODIFIED', 'CATEGORIES'],
  },
};

/** What is wrong with a calendar file, in words. */
export function faultsOfCalendar(text: string): string[] {
  const faults: string[] = [];
  if (!text.endsWith('\r\n')) faults.push('最后一行没有 CRLF');
  if (/[\r\n]/.test(text.replaceAll('\r\n', ''))) faults.push('有单独的回车或换行');
  for (const line of text.split('\r\n'))
    if (Buffer.byteLength(line) > MAX_OCTETS) faults.push(`超过 ${MAX_OCTETS} 字节：${line}`);
  const lines = text.replaceAll('\r\n ', '').split('\r\n').slice(0, -1);
  const open: { name: string; lines: Line[] }[] = [];
  const uids = new Set<string>();
  for (const raw of lines) {
    const line = parseLine(raw);
    if (!line) faults.push(`不是一行内容：${raw}`);
    else if (line.name === 'BEGIN') open.push({ name: line.value, lines: [] });
    else if (line.name === 'END') {
      const ended = open.pop();
      if (ended?.name !== line.value) faults.push(`END:${line.value} 没有 BEGIN`);
      else faults.push(...faultsOfComponent(ended.name, ended.lines, uids));
    } else if (open.length === 0) faults.push(`在 VCALENDAR 外面：${raw}`);
    else open.at(-1)?.lines.push(line);
  }
  if (open.length > 0) faults.push(`没有结束：${open.map(({ name }) => name).join(' ')}`);
  return faults;
}

function parseLine(raw: string): Line | undefined {
  const [, name, parameters = '', value = ''] = CONTENT_LINE.exec(raw) ?? [];
  if (name === undefined) return undefined;
  const pairs = [...parameters.matchAll(/;([A-Z-]+)=("[^"]*"|[^;]*)/g)].map(([, key = '', text = '']) => [
    key,
    text,
  ]);
  return { name, parameters: Object.fromEntries(pairs), value };
}

function faultsOfComponent(component: string, lines: readonly Line[], uids: Set<string>): string[] {
  const rules = COMPONENTS[component];
  if (!rules) return [`不认识的部分 ${component}`];
  const faults: string[] = [];
  const names = lines.map(({ name }) => name);
  const known = [...rules.must, ...rules.may];
  for (const name of rules.must) if (!names.includes(name)) faults.push(`${component} 没有 ${name}`);
  for (const name of new Set(names)) {
    if (!known.includes(name)) faults.push(`${component} 不该有 ${name}`);
    if (names.indexOf(name) !== names.lastIndexOf(name)) faults.push(`${component} 有两个 ${name}`);
  }
  for (const line of lines) faults.push(...faultsOfValue(component, line));
  if (component === 'VEVENT') faults.push(...faultsOfEvent(lines, uids));
  return faults;
}

function faultsOfValue(component: string, { name, parameters, value }: Line): string[] {
  const wrong = [`${component} 的 ${name} 写法不对：${value}`];
  if (name !== 'DTSTART' && name !== 'DTEND') return FORMS[name]?.test(value) ? [] : wrong;
  if (component === 'STANDARD') return LOCAL.test(value) ? [] : wrong;
  if (parameters.VALUE === 'DATE') return DAY.test(value) && !parameters.TZID ? [] : wrong;
  return LOCAL.test(value) && parameters.TZID === 'Asia/Shanghai' ? [] : wrong;
}

/** Start and end have one form, the end is later, and no two events have one UID. */
function faultsOfEvent(lines: readonly Line[], uids: Set<string>): string[] {
  const of = (wanted: string) => lines.find(({ name }) => name === wanted);
  const [uid, start, end] = [of('UID')?.value ?? '', of('DTSTART'), of('DTEND')];
  const faults: string[] = [];
  if (uids.has(uid)) faults.push(`两条用一个 UID：${uid}`);
  uids.add(uid);
  if (start && end && JSON.stringify(start.parameters) !== JSON.stringify(end.parameters))
    faults.push(`${uid} 的开始和结束写法不同`);
  if (start && end && end.value <= start.value) faults.push(`${uid} 的结束不晚于开始`);
  return faults;
}
