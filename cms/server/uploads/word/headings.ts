import { all, childNamed, isOn, textOf, settingOf, type XmlNode } from './xml.ts';

/**
 * Headings of a Word file: by its styles, by outline levels, and, where nobody used either, by lines that look like
 * headings: a bold 「一、」 or 「（一）」, or one in the fonts that official documents use for them.
 */

/** Styles that the conversion knows, put in place of those of the file. */
export const TITLE_STYLE = 'PortalTitle';
export const headingStyle = (level: number) => `PortalHeading${level}`;
export const HEADING_LEVELS = [2, 3, 4] as const;

const MAX_TITLE = 60;
const MAX_HEADING = 40;
/** GB/T 9704—2012: 一、 in 黑体, （一） in 楷体. */
const HEADING_FONT = /黑体|楷体|SimHei|KaiTi/i;
const NUMBERED: readonly RegExp[] = [
  /^[一二三四五六七八九十]{1,3}、/,
  /^[（(][一二三四五六七八九十]{1,3}[）)]/,
];

interface Style {
  name: string;
  outline: string | undefined;
  basedOn: string | undefined;
  runs: XmlNode | undefined;
}

type Styles = ReadonlyMap<string, Style>;

const stylesOf = (document: Document | undefined): Styles =>
  new Map(
    (document ? all(document, 'w:style') : []).map((style) => [
      style.getAttribute('w:styleId') ?? '',
      {
        name: (settingOf(style, 'w:name') ?? '').toLowerCase(),
        outline: settingOf(childNamed(style, 'w:pPr'), 'w:outlineLvl'),
        basedOn: settingOf(style, 'w:basedOn'),
        runs: childNamed(style, 'w:rPr'),
      },
    ]),
  );

/** A style and those that it is based on. */
function chainOf(styles: Styles, id: string | undefined): Style[] {
  const chain: Style[] = [];
  for (let next = id; next !== undefined && chain.length < 10;) {
    const style = styles.get(next);
    if (!style) break;
    chain.push(style);
    next = style.basedOn;
  }
  return chain;
}

const CONTENTS_NAME = /^(?:toc|目录)\s*(?:\d|heading)$/;
const HEADING_NAME = /^(?:heading|标题)\s*([1-9])$/;
const TITLE_NAME = /^(?:title|标题)$/;

interface Paragraph {
  element: XmlNode;
  text: string;
  chain: Style[];
  /** 1 is the highest; undefined for text. */
  level: number | undefined;
  isTitle: boolean;
  isCentred: boolean;
}

function levelOf(properties: XmlNode | undefined, chain: Style[]): number | undefined {
  for (const { name } of chain) {
    const level = HEADING_NAME.exec(name)?.[1];
    if (level) return Number(level);
  }
  const outline = settingOf(properties, 'w:outlineLvl') ?? chain.find((style) => style.outline)?.outline;
  // 9 is the level of text.
  return outline !== undefined && Number(outline) < 9 ? Number(outline) + 1 : undefined;
}

/** Whether every run with words is bold or in a font for headings. */
function looksLikeHeading({ element, chain }: Paragraph): boolean {
  const runs = all(element, 'w:r').filter((run) => textOf(run).trim() !== '');
  const styled = chain.map((style) => style.runs);
  const stands = (properties: XmlNode | undefined) =>
    isOn(properties, 'w:b') ||
    HEADING_FONT.test(childNamed(properties, 'w:rFonts')?.getAttribute('w:eastAsia') ?? '');
  return (
    runs.length > 0 &&
    runs.every((run) => stands(childNamed(run, 'w:rPr')) || styled.some((one) => stands(one)))
  );
}

function guessLevels(paragraphs: readonly Paragraph[]): void {
  for (const paragraph of paragraphs) {
    const { text, isTitle } = paragraph;
    if (isTitle || [...text].length > MAX_HEADING || /[。；：，;:,]$/.test(text)) continue;
    const level = NUMBERED.findIndex((pattern) => pattern.test(text)) + 1;
    if (level > 0 && looksLikeHeading(paragraph)) paragraph.level = level;
  }
}

/** The paragraph that names the whole: by its style, or the first line where that stands out. */
function titleOf(paragraphs: readonly Paragraph[]): Paragraph | undefined {
  const styled = paragraphs.find(({ chain }) => chain.some(({ name }) => TITLE_NAME.test(name)));
  if (styled) return styled;
  const [first] = paragraphs;
  if (!first || [...first.text].length > MAX_TITLE) return undefined;
  const isOnlyTop = first.level === 1 && !paragraphs.some((other) => other !== first && other.level === 1);
  return isOnlyTop || (first.isCentred && first.level === undefined) ? first : undefined;
}

function setStyle({ element }: Paragraph, style: string): void {
  const document = element.ownerDocument;
  let properties = childNamed(element, 'w:pPr');
  if (!properties) {
    properties = document.createElement('w:pPr');
    element.insertBefore(properties, element.firstChild);
  }
  for (const name of ['w:pStyle', 'w:numPr']) childNamed(properties, name)?.remove();
  const made = document.createElement('w:pStyle');
  made.setAttribute('w:val', style);
  properties.insertBefore(made, properties.firstChild);
}

/** Removes the table of contents that Word made; returns whether there was one. */
export function removeContents(document: Document, styleSheet: Document | undefined): boolean {
  const styles = stylesOf(styleSheet);
  const lines = all(document, 'w:p').filter((element) =>
    chainOf(styles, settingOf(childNamed(element, 'w:pPr'), 'w:pStyle')).some(({ name }) =>
      CONTENTS_NAME.test(name),
    ),
  );
  for (const line of lines) line.remove();
  return lines.length > 0;
}

/**
 * Gives the title and the headings of a document the styles that the conversion knows; levels begin at 2, none is skipped.
 *
 * @returns the title, empty when there is none, and headings whose numbers Word would have counted
 */
export function markHeadings(
  document: Document,
  styleSheet: Document | undefined,
): { title: string; numbered: string[] } {
  const styles = stylesOf(styleSheet);
  const paragraphs = all(document, 'w:p')
    .filter((element) => !element.closest('w\\:tbl, w\\:txbxContent'))
    .map((element): Paragraph => {
      const properties = childNamed(element, 'w:pPr');
      const chain = chainOf(styles, settingOf(properties, 'w:pStyle'));
      const text = textOf(element).trim();
      const isCentred = settingOf(properties, 'w:jc') === 'center';
      return { element, text, chain, level: levelOf(properties, chain), isTitle: false, isCentred };
    })
    .filter(({ text }) => text !== '');
  const title = titleOf(paragraphs);
  if (title) title.isTitle = true;
  if (!paragraphs.some(({ level, isTitle }) => level !== undefined && !isTitle)) guessLevels(paragraphs);
  const headings = paragraphs.filter(({ level, isTitle }) => level !== undefined && !isTitle);
  const levels = [...new Set(headings.map(({ level }) => level as number))].toSorted((a, b) => a - b);
  const isNumbered = ({ element }: Paragraph) =>
    childNamed(childNamed(element, 'w:pPr'), 'w:numPr') !== undefined;
  const numbered = headings.filter(isNumbered).map(({ text }) => text);
  for (const heading of headings) {
    const depth = Math.min(levels.indexOf(heading.level as number), HEADING_LEVELS.length - 1);
    setStyle(heading, headingStyle(HEADING_LEVELS[depth] as number));
  }
  if (title) setStyle(title, TITLE_STYLE);
  return { title: title?.text ?? '', numbered };
}
