import type { Problem } from '../../../../src/model/problems.ts';
import type { Conflict, StoredFile } from '../../../protocol/entries.ts';
import { readFileParts, writeFile } from '../../../documents/format.ts';
import { idsOf } from '../validation.ts';
import type { Content } from '../../../../src/store/index.ts';
import { type Place, placeOf } from '../../../documents/places.ts';
import { Refused } from '../refused.ts';
import { type EntryDocument, openDocument, withText } from '../../stores/content/entry-document.ts';
import { usesOfAny } from '../uses.ts';

/** Conditions for a save to become a commit. */

/**
 * The place of a path.
 *
 * @throws {Refused} 403 when the editor may not touch it
 */
export function requirePlace(content: Content, path: string): Place {
  const place = placeOf(content, path);
  if (!place) throw new Refused(403, '这个文件不在可以编辑的范围内，或文件名不是小写字母、数字和短横');
  return place;
}

/** Refuses when one of the problems is an error; lists all of them. */
export function refuseErrors(problems: Problem[]): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Refused(422, `有 ${errors.length} 处要改`, problems);
}

/**
 * Refuses to publish with warnings that the person has not seen; lists all of them.
 *
 * @param accepted messages of the warnings that the person has seen and accepts
 * @returns the accepted messages
 */
export function refuseUnseenWarnings(
  problems: readonly Problem[],
  accepted: readonly string[] = [],
): string[] {
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  const unread = warnings.filter(({ message }) => !accepted.includes(message));
  if (unread.length > 0) throw new Refused(422, `有 ${warnings.length} 条提醒，请先看一遍`, warnings);
  return warnings.map(({ message }) => message);
}

/** The text that another person saved meanwhile, for the editor. */
export const conflictOf = ({ text, version, name, at }: StoredFile): Conflict => ({
  text,
  version,
  name,
  at,
});

/** Refuses a save that was made from another version than the current one. */
export function refuseStale(current: StoredFile | undefined, version: string | null): void {
  if ((current?.version ?? null) === version) return;
  if (version === null) throw new Refused(409, '已经有同名的内容了：请在「网址名」里换一个名称再保存');
  if (!current)
    throw new Refused(409, '你编辑的时候，这一条被删除了，所以没有保存。先把你写的存成文件，再决定是否新建');
  const who = current.name ? `「${current.name}」` : '别人';
  throw new Refused(
    409,
    `你编辑的时候，${who}改过这一条，所以没有保存，免得把别人的改动盖掉`,
    [],
    conflictOf(current),
  );
}

/** The file with the form's changes; lines whose meaning is the same stay as they are. */
export function mergeIntoFile(place: Place, text: string, before: EntryDocument | undefined): EntryDocument {
  const { format, schema } = place;
  const sent = openDocument(place, text);
  try {
    const merged = writeFile(readFileParts(sent.parsed, format), format, schema, before?.parsed);
    return before?.text === merged ? before : withText(sent, merged);
  } catch (error) {
    throw new Refused(422, (error as Error).message);
  }
}

/** References to items that a save removes from a list, as problems. */
export function usesOfRemovedItems(before: EntryDocument | undefined, after: EntryDocument): Problem[] {
  const { content, list, kind } = after.place;
  if (!list || before === undefined) return [];
  const kept = new Set(idsOf(after.data));
  const lost = idsOf(before.data).filter((id) => !kept.has(id));
  return lost.length === 0
    ? []
    : usesOfAny(content, kind, lost, (id) => `请先在那里去掉，再从名录里删「${id}」`);
}
