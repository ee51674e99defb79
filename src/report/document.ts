/** The report as a document that no file format knows yet: Word, Markdown and the one-page summary are written from it. */

export interface Run {
  text: string;
  /** `blank`: nobody has recorded it; `doubt`: records disagree. Both are marked for whoever finishes the draft. */
  mark?: 'blank' | 'doubt' | undefined;
  /** Number of the footnote that says where it comes from. */
  note?: number | undefined;
  /** Key of the figure that it states, see `StatedFigure`. */
  figure?: string | undefined;
}

/** One phrase of the outline with what the records say. */
export interface Sentence {
  runs: Run[];
}

export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3 | 4; text: string }
  | {
      kind: 'paragraph';
      /** 「一是科普大篷车进校园。」 */
      lead?: string | undefined;
      sentences: Sentence[];
    };

/** A record as footnotes and lists name it. */
export interface Source {
  /** `events/2022-kepuri-jin-chanye`. */
  id: string;
  title: string;
  /** Absolute address of its page; undefined when it has none. */
  address: string | undefined;
}

export interface NoteSource extends Source {
  /** What it says: 「340面，实测」; empty when it is only named. */
  detail: string;
}

export interface Note {
  number: number;
  sources: NoteSource[];
  /** Number of an earlier footnote with the same sources, which are then not listed again. */
  sameAs?: number | undefined;
  /** How many sources are not listed, and where they are. */
  more?: { count: number; address: string } | undefined;
  /** A further remark, a sentence without its full stop. */
  remark?: string | undefined;
}

/** Records that disagree, for the appendix. */
export interface Doubt {
  /** What it is about. */
  title: string;
  /** What the records say, and what to do. */
  text: string;
  sources: Source[];
}

/** A figure that the report states, to compare two drafts by. */
export interface StatedFigure {
  /** The same in every draft of the year, as long as outline and records name it alike. */
  key: string;
  /** 「“科技之春”宣传月：培训场次」. */
  label: string;
  /** As the report says it: 「24场」, 「约1.3万人次」, 【待填】. */
  text: string;
}

export interface Report {
  year: number;
  title: string;
  association: string;
  /** Day of the draft, `YYYY-MM-DD`. */
  on: string;
  blocks: Block[];
  notes: Note[];
  doubts: Doubt[];
  figures: StatedFigure[];
  /** Every record of the year, told or not. */
  records: Source[];
  /** The year's figures that the dictionary marks for the home page. */
  headline: { name: string; text: string }[];
  /** The phrases of the one-page summary, by section. */
  brief: { heading: string; sentences: Sentence[] }[];
}

/** What stands where the records say nothing. */
export const BLANK = '【待填】';

export const textOf = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('');

/** How many places are still to be filled in. */
export const blanksIn = ({ blocks }: Pick<Report, 'blocks'>): number =>
  blocks
    .flatMap((block) => (block.kind === 'paragraph' ? block.sentences : []))
    .flatMap(({ runs }) => runs)
    .filter(({ mark }) => mark === 'blank').length;
