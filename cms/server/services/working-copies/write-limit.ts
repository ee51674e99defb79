/** An editor writes a copy every few seconds at most; several windows may do so at once. */
const MOST_PER_MINUTE = 90;
const MINUTE_MS = 60_000;

/** Whether one more write of a person is allowed this minute; counts it when it is. */
export function writeLimit(now: () => Date): (person: string) => boolean {
  let minute = 0;
  let counts = new Map<string, number>();
  return (person) => {
    const current = Math.floor(now().getTime() / MINUTE_MS);
    if (current !== minute) {
      minute = current;
      counts = new Map();
    }
    const count = (counts.get(person) ?? 0) + 1;
    counts.set(person, count);
    return count <= MOST_PER_MINUTE;
  };
}
