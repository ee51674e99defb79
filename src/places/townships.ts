/** Number of entries in each township, by its id. */
export function countsByTownship(
  entries: readonly { data: { township?: string | undefined } }[],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { data } of entries) if (data.township) counts[data.township] = (counts[data.township] ?? 0) + 1;
  return counts;
}
