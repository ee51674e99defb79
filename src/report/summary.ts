import { BLANK, blanksIn, type Report, type Sentence, textOf } from './document.ts';

/** The report on one page: the figures of the home page and the phrases that the outline marks for it. */

export interface Summary {
  title: string;
  headline: Report['headline'];
  sections: { heading: string; text: string }[];
  /** What is left to do, and where the sources are. */
  remark: string;
}

/** Lines of text that one page has room for below the figures, and characters on a line. */
const MAX_LINES = 22;
const LINE_LENGTH = 36;
const MAX_HEADLINE = 8;

const linesOf = (text: string) => Math.ceil([...text].length / LINE_LENGTH);

/** A sentence without what is still to be filled in: the page is for those who want to know what is known. */
function knownText({ runs }: Sentence): string {
  const text = textOf(runs).replace(/（[^（）]*【待填】[^（）]*）/gu, '');
  const clauses = text.split(/(?<=[，；。])/u);
  return clauses.filter((clause) => !clause.includes(BLANK)).join('');
}

/** Sentences of a section as one text, ended by a full stop. */
const joined = (sentences: readonly Sentence[]): string => {
  const text = sentences.map(knownText).join('');
  return text === '' ? '' : `${text.replace(/[，；：、。]+$/u, '')}。`;
};

/**
 * Sections take turns, a sentence each, until the page is full; the rest is counted.
 *
 * @returns how many sentences of each section fit
 */
function sentencesThatFit(brief: Report['brief']): number[] {
  const taken = brief.map(() => 0);
  const used = () =>
    brief.reduce((total, { sentences }, at) => {
      const count = taken[at] ?? 0;
      return count === 0 ? total : total + 1 + linesOf(joined(sentences.slice(0, count)));
    }, 0);
  const longest = Math.max(0, ...brief.map(({ sentences }) => sentences.length));
  for (let round = 0; round < longest; round++)
    for (const [at, { sentences }] of brief.entries()) {
      if (taken[at] !== round || round >= sentences.length) continue;
      taken[at] = round + 1;
      if (used() > MAX_LINES) taken[at] = round;
    }
  return taken;
}

export function summaryOf(report: Report): Summary {
  const { brief, blocks, doubts } = report;
  const taken = sentencesThatFit(brief);
  const dropped = brief.reduce((total, { sentences }, at) => total + sentences.length - (taken[at] ?? 0), 0);
  const blanks = blanksIn(report);
  const remarks = [
    dropped > 0 && `另有${dropped}句写不下，见正文`,
    blanks > 0 && `正文待填${blanks}处`,
    doubts.length > 0 && `待核${doubts.length}项`,
    '每个数字的出处见正文脚注',
  ].filter((remark) => remark !== false);
  const sections = brief.flatMap(({ heading, sentences }, at) => {
    const text = joined(sentences.slice(0, taken[at]));
    return text === '' ? [] : [{ heading, text }];
  });
  const [first] = blocks;
  const empty = first?.kind === 'paragraph' ? joined(first.sentences) : '';
  return {
    title: `${report.title}摘要`,
    headline: report.headline.slice(0, MAX_HEADLINE),
    sections: sections.length > 0 ? sections : [{ heading: '', text: empty }],
    remark: `${remarks.join('；')}。`,
  };
}

export const summaryMarkdown = ({ title, headline, sections, remark }: Summary): string =>
  `${[
    `# ${title}`,
    ...(headline.length > 0 ? [headline.map(({ name, text }) => `- ${name}：**${text}**`).join('\n')] : []),
    ...sections.map(({ heading, text }) => (heading === '' ? text : `**${heading}**　${text}`)),
    remark,
  ].join('\n\n')}\n`;
