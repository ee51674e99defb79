import { type Figure, figureOfIndicator, type Part, yearsWithFigures } from '../statistics/index.ts';
import type { Problem } from '../model/problems.ts';
import type { Derivation } from '../types/statistics.ts';
import type { Corpus } from './corpus.ts';
import { fileOf, nameOf, yearRecordsOf } from './figures.ts';

/** The indicators, by how the dictionary says that they are worked out, or by the ids that they have had from the start. */
const HELD: [Derivation, string] = ['sessions-volunteer', 'volunteer-activities'];
const UPLOADED: [Derivation, string] = ['uploads', 'platform-uploads'];

const MOST_NAMED = 3;

/**
 * Volunteer activities that were held against those that the national platform has: the difference needs a reason. What
 * other events and stops have uploaded is not compared.
 */
export function checkHeldAndUploaded(corpus: Pick<Corpus, 'files' | 'content'>): Problem[] {
  const records = yearRecordsOf(corpus);
  const find = ([derived, id]: [Derivation, string]) =>
    records.dictionary.find((indicator) => indicator.derived === derived) ??
    records.dictionary.find((indicator) => indicator.id === id);
  const [held, uploaded] = [find(HELD), find(UPLOADED)];
  if (!held || !uploaded) return [];
  return yearsWithFigures(records).flatMap((year) => {
    const own = figureOfIndicator(records, held.id, { year });
    const sent = figureOfIndicator(records, uploaded.id, { year });
    return own && sent ? compare(corpus, year, own, sent) : [];
  });
}

interface Pair {
  entry: Part['entry'];
  held: number;
  sent: number;
}

const keyOf = ({ collection, id }: Part['entry']) => `${collection}/${id}`;

/** Each activity with what of it was uploaded; figures typed by hand have no activities. */
function pairsOf(own: Figure, sent: Figure): Pair[] {
  const sentOf = new Map(sent.parts.map(({ entry, value = 0 }) => [keyOf(entry), value]));
  return own.parts
    .filter(({ entry }) => entry.collection !== 'statistics')
    .map(({ entry, value = 0 }) => ({ entry, held: value, sent: sentOf.get(keyOf(entry)) ?? 0 }));
}

function compare(corpus: Pick<Corpus, 'files'>, year: number, own: Figure, sent: Figure): Problem[] {
  const pairs = pairsOf(own, sent);
  const sum = (of: 'held' | 'sent') => pairs.reduce((total, pair) => total + pair[of], 0);
  const [all, there] = pairs.length > 0 ? [sum('held'), sum('sent')] : [own.value, sent.value];
  if (all === undefined || there === undefined || all === there) return [];
  const apart = pairs
    .filter((pair) => pair.held !== pair.sent)
    .sort((a, b) => Math.abs(b.held - b.sent) - Math.abs(a.held - a.sent));
  const at = apart[0]?.entry ?? sent.snapshots[0];
  const checked = at && fileOf(corpus, at);
  if (!checked) return [];
  const which = namesOf(corpus, apart);
  const message =
    there < all
      ? `${year} 年科技志愿服务办了 ${all} 次、上传 ${there} 次，差 ${all - there} 次${which}：请补传，在「平台编号」「已上传场次」里记下；传不了的，在正文里写明为什么`
      : `${year} 年科技志愿服务上传 ${there} 次，比办的 ${all} 次还多${which}：请核对场次和上传的次数`;
  const [path, field] = checked.kind === 'statistics' ? ['value', '「数值」'] : ['platform', '「平台编号」'];
  return [
    { severity: 'warning', file: checked.file, line: checked.entry.lineOf([path as string]), field, message },
  ];
}

/** The activities that differ most, in brackets; nothing when there are none to name. */
function namesOf(corpus: Pick<Corpus, 'files'>, apart: readonly Pair[]): string {
  if (apart.length === 0) return '';
  const names = apart.slice(0, MOST_NAMED).map(({ entry, held, sent }) => {
    const file = fileOf(corpus, entry);
    return `${file ? nameOf(file) : entry.id}办 ${held} 次传 ${sent} 次`;
  });
  return `（${names.join('、')}${apart.length > names.length ? ` 等 ${apart.length} 条` : ''}）`;
}
