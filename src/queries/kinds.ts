/**
 * Entries under their kinds, in the order of the form; kinds without an entry are left out.
 *
 * @param kinds the options of the type's `kind`, with their labels
 */
export const byKind = <Kind extends string, Entry extends { data: { kind: Kind } }>(
  kinds: Readonly<Record<Kind, string>>,
  entries: readonly Entry[],
): { kind: Kind; label: string; entries: Entry[] }[] =>
  (Object.keys(kinds) as Kind[])
    .map((kind) => ({ kind, label: kinds[kind], entries: entries.filter(({ data }) => data.kind === kind) }))
    .filter((group) => group.entries.length > 0);
