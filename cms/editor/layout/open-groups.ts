import { useState } from 'react';

/** Which groups of the form an editor has unfolded, remembered on this computer for all entries. */

const KEY = 'portal.open-groups';

function read(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.map(String) : [];
  } catch {
    return [];
  }
}

/** The names of the unfolded groups, and a function that folds or unfolds one. */
export function useOpenGroups(): [ReadonlySet<string>, (name: string) => void] {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(read()));
  const toggle = (name: string) => {
    const next = new Set(open);
    if (!next.delete(name)) next.add(name);
    localStorage.setItem(KEY, JSON.stringify([...next]));
    setOpen(next);
  };
  return [open, toggle];
}
