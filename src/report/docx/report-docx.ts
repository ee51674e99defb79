import {
  AlignmentType,
  ExternalHyperlink,
  FootnoteReferenceRun,
  type Paragraph,
  type ParagraphChild,
  TextRun,
} from 'docx';
import { dayText } from '../../calendar/text.ts';
import { BLANK, type Block, blanksIn, type Doubt, type Note, type Report, type Run } from '../document.ts';
import { innerQuotes, notePieces } from '../notes.ts';
import { fontOf } from './fonts.ts';
import {
  bodyParagraph,
  headingParagraph,
  notePart,
  officialDocx,
  plainLine,
  run,
  SIZE,
  titleParagraph,
  xmlText,
} from './page.ts';

/** The report as a Word file in the form of official documents (GB/T 9704—2012). */

const HIGHLIGHTS = { blank: 'yellow', doubt: 'lightGray' } as const;

const bodyRuns = ({ text, mark, note }: Run): ParagraphChild[] => [
  run(text, mark ? { highlight: HIGHLIGHTS[mark] } : {}),
  ...(note === undefined ? [] : [new FootnoteReferenceRun(note)]),
];

/** @param keepNext the page that is signed has some of the text too */
function blockOf(block: Block, keepNext: boolean): Paragraph {
  if (block.kind === 'heading') return headingParagraph(block.text, block.level);
  const lead = block.lead ? [run(block.lead, { bold: true })] : [];
  return bodyParagraph([...lead, ...block.sentences.flatMap(({ runs }) => runs.flatMap(bodyRuns))], {
    keepNext,
  });
}

const small = (text: string) => new TextRun({ text: xmlText(text), size: SIZE.note, font: fontOf('song') });

const linkTo = (address: string, child: TextRun) =>
  new ExternalHyperlink({ link: address, children: [child] });

const noteParagraph = (note: Note) =>
  notePart([
    small(' '),
    ...notePieces(note).map(({ text, address }) => (address ? linkTo(address, small(text)) : small(text))),
  ]);

const subtitle = (report: Report): string => {
  const blanks = blanksIn(report);
  const left = [
    blanks > 0 && `待填${blanks}处`,
    report.doubts.length > 0 && `待核${report.doubts.length}项`,
  ].filter(Boolean);
  return `（${[`${dayText(report.on)}草稿`, ...left].join('，')}）`;
};

/** An attachment begins on a page of its own, its number in 黑体 at the left, its title in the middle (7.3.6). */
const attachment = (number: string, title: string): Paragraph[] => [
  plainLine([run(`附件${number}`, { named: 'heading' })], { pageBreakBefore: true, keepNext: true }),
  plainLine([]),
  titleParagraph(title),
  plainLine([]),
];

export interface Attachment {
  title: string;
  paragraphs: Paragraph[];
}

function doubtParagraphs({ title, text, sources }: Doubt, index: number): Paragraph[] {
  const links = sources.flatMap(({ title: name, address }, at): ParagraphChild[] => [
    run(`${at > 0 ? '；' : ''}《${innerQuotes(name)}》`),
    ...(address ? [run('，'), linkTo(address, run(address.replace(/^https?:\/\//, '')))] : []),
  ]);
  return [
    headingParagraph(`${index + 1}.${title}`, 3),
    bodyParagraph([run(text.endsWith('。') ? text : `${text}。`)]),
    ...(links.length > 0 ? [bodyParagraph([run('出处：'), ...links, run('。')])] : []),
  ];
}

/** What has changed since the draft before, for an attachment. */
export interface Difference {
  /** 「2026年11月20日的草稿（张三）」. */
  since: string;
  /** One line each. */
  lines: readonly string[];
}

function attachmentsOf({ doubts }: Report, difference: Difference | undefined): Attachment[] {
  const found: Attachment[] = [];
  if (doubts.length > 0) found.push({ title: '待核对的数据', paragraphs: doubts.flatMap(doubtParagraphs) });
  if (difference && difference.lines.length > 0)
    found.push({
      title: '与上一稿相比',
      paragraphs: [
        bodyParagraph([run(`上一稿：${difference.since}。`)]),
        ...difference.lines.map((line, index) => bodyParagraph([run(`${index + 1}.${line}`)])),
      ],
    });
  return found;
}

/** The list of attachments below the text (7.3.4). */
function attachmentList(attachments: readonly Attachment[]): Paragraph[] {
  const isOnly = attachments.length === 1;
  const lines = attachments.map(({ title }, index) =>
    plainLine([run(`${index === 0 ? '附件：' : '　　　'}${isOnly ? '' : `${index + 1}.`}${title}`)], {
      left: 2,
      keepNext: true,
    }),
  );
  return lines.length > 0 ? [plainLine([], { keepNext: true }), ...lines] : [];
}

/** @param difference what has changed since the draft before */
export function reportDocx(report: Report, difference?: Difference): Promise<Buffer> {
  const { title, association, blocks, notes } = report;
  const attachments = attachmentsOf(report, difference);
  const isOnly = attachments.length === 1;
  const children = [
    titleParagraph(title),
    plainLine([run(subtitle(report), { named: 'subheading' })], { align: AlignmentType.CENTER }),
    plainLine([]),
    ...blocks.map((block, index) => blockOf(block, index === blocks.length - 1)),
    ...attachmentList(attachments),
    plainLine([], { keepNext: true }),
    plainLine([], { keepNext: true }),
    plainLine([run(association)], { align: AlignmentType.RIGHT, right: 2, keepNext: true }),
    plainLine(
      [
        run(BLANK, { highlight: HIGHLIGHTS.blank }),
        run('年'),
        run(BLANK, { highlight: HIGHLIGHTS.blank }),
        run('月'),
        run(BLANK, { highlight: HIGHLIGHTS.blank }),
        run('日'),
      ],
      {
        align: AlignmentType.RIGHT,
        right: 4,
      },
    ),
    ...attachments.flatMap(({ title: about, paragraphs }, index) => [
      ...attachment(isOnly ? '' : String(index + 1), about),
      ...paragraphs,
    ]),
  ];
  return officialDocx({
    title,
    creator: association,
    children,
    notes: Object.fromEntries(
      notes.map((note) => [String(note.number), { children: [noteParagraph(note)] }]),
    ),
  });
}
