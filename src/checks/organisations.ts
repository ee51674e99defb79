import type { Problem } from '../model/problems.ts';
import { organisationKey as key, organisations } from '../types/townships.ts';
import type { Corpus } from './corpus.ts';

interface Item {
  name: string;
  aliases?: string[];
}

/** Names and aliases that two organisations claim: an event's host would be told as the first of them. */
export function checkOrganisations({ files }: Pick<Corpus, 'files'>): Problem[] {
  const list = files.find(({ kind }) => kind === organisations.name);
  if (!list) return [];
  const claimed = new Map<string, Item>();
  return ((list.data.items ?? []) as Item[]).flatMap((item, index) =>
    [item.name, ...(item.aliases ?? [])].flatMap((name): Problem[] => {
      const other = claimed.get(key(name));
      if (!other) claimed.set(key(name), item);
      if (!other || other === item) return [];
      return [
        {
          severity: 'warning',
          file: list.file,
          line: list.entry.lineOf(['items', index, 'name']),
          field: `第 ${index + 1} 项`,
          message: `「${name}」也是「${other.name}」的名称或简称；主办单位写它时，只算在「${other.name}」名下，请去掉一个`,
        },
      ];
    }),
  );
}
