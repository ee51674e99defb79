import { EMERGENCY_ADDRESS, EMERGENCY_TITLE } from '../../shell/navigation.ts';
import { currentContent } from '../../store/index.ts';
import { articles, EMERGENCY_NUMBERS } from '../../types/articles.ts';
import { emergencyPlace, siteSettingsOf } from '../../types/site-settings.ts';
import { synonyms } from '../../types/site.ts';
import { type UrgentGroup, urgentWords } from '../urgent.ts';

/** What an article says to do now, as text: it is found by it, numbers included. */
export interface Now {
  when: string;
  steps: readonly string[];
  call: readonly (keyof typeof EMERGENCY_NUMBERS)[];
}

export const nowText = ({ when, steps, call }: Now): string[] => [
  when,
  ...steps,
  ...call.map((number) => `${number} ${EMERGENCY_NUMBERS[number]}`),
];

/** Addresses of the articles that say what to do now, as the emergency page orders them. */
function urgentArticles(): Map<string, Now> {
  const content = currentContent();
  const settings = siteSettingsOf(content);
  const urgent = content
    .entries(articles)
    .entries.flatMap(({ id, data: { now } }) => (now ? [{ id, now }] : []))
    .sort((a, b) => emergencyPlace(settings, a.id) - emergencyPlace(settings, b.id));
  return new Map(urgent.map(({ id, now }) => [articles.address(id), now]));
}

/** Title and text of the emergency page, which no file of the content folder holds. */
export const emergencyText = () => ({
  title: EMERGENCY_TITLE,
  address: EMERGENCY_ADDRESS,
  summary: '出了急事先打电话：急救 120，消防 119，报警 110，交通事故 122。',
  text: [...urgentArticles().values()].map(({ when, steps }) => [when, ...steps].join('\n')).join('\n'),
});

/**
 * The pages that lead the answers to whoever is in trouble, those that the same words call for together.
 *
 * @param docOf the number of a page
 */
export function urgentGroups(docOf: (address: string) => number | undefined): Omit<UrgentGroup, 'file'>[] {
  const synonymous = currentContent()
    .list(synonyms)
    .items.map(({ words }) => words);
  // Many pages are called for by the same words.
  const wordsOf = new Map<string, string[]>();
  const wordsFor = (when: string) => {
    const words = wordsOf.get(when) ?? urgentWords(when, synonymous);
    wordsOf.set(when, words);
    return words;
  };
  const named = (numbers: readonly (keyof typeof EMERGENCY_NUMBERS)[]) =>
    numbers.flatMap((number) => [number, EMERGENCY_NUMBERS[number]]);
  const page = { words: ['救命', '求救'], names: named(['110', '119', '120', '122']) };
  const pages: [string, Omit<UrgentGroup, 'docs' | 'file'>][] = [
    [EMERGENCY_ADDRESS, page],
    ...[...urgentArticles()].map(
      ([address, { when, call }]): [string, Omit<UrgentGroup, 'docs' | 'file'>] => [
        address,
        { words: wordsFor(when), names: named(call) },
      ],
    ),
  ];
  const groups = new Map<string, Omit<UrgentGroup, 'file'>>();
  for (const [address, rest] of pages) {
    const doc = docOf(address);
    if (doc === undefined) continue;
    const key = JSON.stringify(rest);
    const group = groups.get(key) ?? { docs: [], ...rest };
    group.docs.push(doc);
    groups.set(key, group);
  }
  return [...groups.values()];
}
