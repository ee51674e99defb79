import type { z } from 'zod';
import {
  type Editing,
  FORGET_AFTER_SECONDS,
  type PresenceAnswer,
  type presenceCall,
} from '../../../protocol/presence.ts';
import type { Person } from '../../../protocol/roles.ts';
import { Refused } from '../refused.ts';

/**
 * Who is editing which entry, in memory only: after a restart the open forms announce themselves again. One form has an
 * entry at a time; others look at it, wait until it is free, or take it over.
 */

/** Forms of one person that are counted; more than anybody opens. */
const MAX_FORMS = 100;

interface Form {
  person: Pick<Person, 'id' | 'name' | 'login'>;
  form: string;
  /** Milliseconds: the last call, and when something was last typed. */
  seen: number;
  typed: number;
}

interface Entry {
  holder: Form | undefined;
  /** Forms that look at the entry. */
  watching: Map<string, Form>;
  /** Forms that had the entry until another one took it. */
  taken: Set<string>;
}

export interface PresenceOptions {
  now?: () => Date;
}

export type Presence = ReturnType<typeof openPresence>;

export function openPresence({ now = () => new Date() }: PresenceOptions = {}) {
  const entries = new Map<string, Entry>();
  const time = () => now().getTime();

  function forgetSilent(): void {
    const since = time() - FORGET_AFTER_SECONDS * 1000;
    for (const [path, entry] of entries) {
      if (entry.holder && entry.holder.seen < since) entry.holder = undefined;
      for (const [form, { seen }] of entry.watching) if (seen < since) entry.watching.delete(form);
      if (!entry.holder && entry.watching.size === 0) entries.delete(path);
    }
  }
  function entryOf(path: string): Entry {
    const entry = entries.get(path) ?? { holder: undefined, watching: new Map(), taken: new Set() };
    entries.set(path, entry);
    return entry;
  }
  function refuseTooMany(person: Person, form: string): void {
    let count = 0;
    for (const { holder, watching } of entries.values())
      for (const other of [...(holder ? [holder] : []), ...watching.values()])
        if (other.person.id === person.id && other.form !== form) count++;
    if (count >= MAX_FORMS) throw new Refused(429, '你打开的条目太多了，请关掉一些再试');
  }

  const asEditing = (path: string, { person, typed }: Form, asker: Person): Editing => ({
    path,
    name: person.name,
    login: person.login,
    at: new Date(typed).toISOString(),
    isSelf: person.id === asker.id,
  });

  function leave(path: string, form: string): void {
    const entry = entries.get(path);
    if (!entry) return;
    if (entry.holder?.form === form) entry.holder = undefined;
    entry.watching.delete(form);
    entry.taken.delete(form);
    forgetSilent();
  }

  /** Gives the entry to a form; the one that had it learns at its next call. */
  function give(entry: Entry, own: Form): void {
    if (entry.holder && entry.holder.form !== own.form) {
      entry.taken.add(entry.holder.form);
      entry.watching.set(entry.holder.form, entry.holder);
    }
    entry.taken.delete(own.form);
    entry.watching.delete(own.form);
    entry.holder = own;
  }

  return {
    /**
     * Takes note of what a form does.
     *
     * A person's own window gives way without a question: it may be one that crashed.
     *
     * @throws {Refused} 429 when a person has too many forms
     */
    call(person: Person, { path, form, wants, isTyping }: z.output<typeof presenceCall>): PresenceAnswer {
      forgetSilent();
      if (wants === 'leave') {
        leave(path, form);
        return { isEditing: false, wasTaken: false, isWatched: false };
      }
      refuseTooMany(person, form);
      const entry = entryOf(path);
      const { holder } = entry;
      const former = holder?.form === form ? holder : entry.watching.get(form);
      const isNew = former === undefined;
      const own: Form = {
        person: { id: person.id, name: person.name, login: person.login },
        form,
        seen: time(),
        typed: isTyping || isNew || wants === 'take' ? time() : former.typed,
      };
      const isFree = !holder || holder.form === form || (holder.person.id === person.id && isNew);
      if (wants === 'take' || (wants === 'edit' && isFree && !entry.taken.has(form))) give(entry, own);
      else entry.watching.set(form, own);
      if (wants === 'look' && entry.holder?.form === form) entry.holder = undefined;
      const isEditing = entry.holder?.form === form;
      return {
        isEditing,
        ...(entry.holder && !isEditing ? { holder: asEditing(path, entry.holder, person) } : {}),
        wasTaken: entry.taken.has(form),
        isWatched: [...entry.watching.keys()].some((other) => other !== form),
      };
    },
    /** Every entry that is being edited. */
    list(person: Person): Editing[] {
      forgetSilent();
      return [...entries].flatMap(([path, { holder }]) => (holder ? [asEditing(path, holder, person)] : []));
    },
  };
}
