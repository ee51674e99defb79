import { stringify } from 'yaml';
import type { VisitRequest } from '../../../../src/caravan/request/request.ts';

/** The draft of a stop that the office goes on with in the editor. */

const HOURS = {
  morning: ['09:00', '11:30'],
  afternoon: ['14:30', '17:00'],
  day: ['09:00', '16:00'],
} as const;

export interface DraftParts {
  asked: VisitRequest;
  /** Name of the school, from the published list; undefined when it is not in the list. */
  school: string | undefined;
  vehicle: string | undefined;
  exhibitSet: string | undefined;
  association: string;
  /** Name of the site, for the UID. */
  host: string;
  today: string;
}

/**
 * Path and text of the draft. It carries what is in lists only: name, telephone and every free text stay with the
 * request, because the content repository becomes public sooner or later.
 */
export function draftOf(parts: DraftParts): { path: string; text: string } {
  const { asked, school, vehicle, exhibitSet, association, host, today } = parts;
  const [from, to] = HOURS[asked.session];
  const where = school ? (asked.school as string) : 'daiding';
  const slug = `${asked.day}-${where}`;
  const data = {
    title: `科普大篷车走进${school ?? '（待填）'}`,
    uid: `${slug}-${crypto.randomUUID().slice(0, 8)}@${host}`,
    start: `${asked.day}T${from}`,
    end: `${asked.day}T${to}`,
    state: 'tentative',
    ...(school ? { school: asked.school } : { place: '待填（见申请）' }),
    township: asked.township,
    stages: asked.stages,
    vehicle,
    exhibitSet: asked.exhibitSet ?? exhibitSet,
    open: asked.stages.includes('community') ? 'open' : 'closed',
    hosts: [association],
    published: today,
  };
  return { path: `content/caravan/${slug}.mdx`, text: `---\n${stringify(data, { lineWidth: 0 })}---\n` };
}
