import { today } from '../../../../src/calendar/today.ts';
import { schools } from '../../../../src/types/caravan.ts';
import { topics } from '../../../../src/types/articles.ts';
import { settings } from '../../../../src/types/site.ts';
import { siteSettingsOf } from '../../../../src/types/site-settings.ts';
import { townships } from '../../../../src/types/townships.ts';
import type { ReferenceList } from '../../../../src/model/type.ts';
import { type Content, listSchema } from '../../../../src/store/index.ts';
import { writeFile } from '../../../documents/format.ts';
import { placeOf } from '../../../documents/places.ts';
import { pageText, type SitePage } from '../../../first-run/pages.ts';
import type { Person } from '../../../protocol/roles.ts';
import type { Newsroom } from '../newsroom/index.ts';
import { refuseErrors } from '../newsroom/refusals.ts';
import { readPlace } from '../../stores/content/published.ts';
import { sharedLists, type Starter, starterOf } from './starter.ts';

/** 开站向导: takes a county from the content that came with the program to its own. */

/** Settings as a form gives them; what is not there stays as it is. */
export type SettingsChange = Readonly<Record<string, unknown>>;

export interface FirstRun {
  /** Whether the content is still that of the demo county, or there is none. */
  isToBegin: () => boolean;
  /** How many articles a county may take over, and titles of those that it may not. */
  offer: () => { articles: number; left: string[] };
  /** Replaces the demo county by an empty site with these settings. @throws Refused when a field is wrong */
  begin: (person: Person, choice: { change: SettingsChange; withArticles: boolean }) => Promise<void>;
  /** The text of the settings' file with a change. */
  settingsText: (change: SettingsChange) => string;
  /** Saves settings, which are live at once. @throws Refused when a field is wrong */
  changeSettings: (person: Person, change: SettingsChange) => Promise<void>;
  /** Saves a list. @throws Refused when an item is wrong, or one that is in use is missing */
  saveList: (person: Person, list: ReferenceList, items: readonly unknown[]) => Promise<void>;
  /** Lists that the program comes with. */
  startingTopics: () => readonly { id: string; name: string }[];
  /** Makes a draft of a page; false when there is one of that address. */
  addPage: (person: Person, page: SitePage) => Promise<boolean>;
  /** Whether seal, slogan or menu were chosen. */
  hasLooks: () => boolean;
  hasPage: (slug: string) => boolean;
  /** Whether there is at least one, drafts included. */
  has: (what: 'townships' | 'schools' | 'topics' | 'pages' | 'articles') => boolean;
}

export interface FirstRunOptions {
  newsroom: Newsroom;
  content: Content;
  /** The content that came with the program. */
  starter: Content;
}

const UPLOADS = /\/uploads\/[A-Za-z0-9][A-Za-z0-9._/-]*\w/g;

export function openFirstRun({ newsroom, content, starter }: FirstRunOptions): FirstRun {
  let offered: Pick<Starter, 'articles' | 'left'> | undefined;
  const path = `content/data/${settings.name}.yaml`;
  const written = () => {
    const place = placeOf(content, path);
    return place ? readPlace(place) : undefined;
  };

  /** Settings without the fields that were emptied. */
  const settingsWith = (base: Readonly<Record<string, unknown>>, change: SettingsChange) =>
    Object.fromEntries(
      Object.entries({ ...base, ...change }).filter(([, value]) => value !== '' && value !== undefined),
    );

  function settingsText(change: SettingsChange): string {
    const before = written();
    const data = settingsWith(before?.data ?? siteSettingsOf(content), change);
    return writeFile({ data, body: '' }, 'yaml', settings.schema, before?.text);
  }

  const isToBegin = () => {
    const mine = content.settings(settings).data;
    return !mine || mine.county === starter.settings(settings).data?.county;
  };

  /** Saves a data file over what is there now. */
  async function saveData(person: Person, name: string, text: string) {
    const at = `content/data/${name}.yaml`;
    await newsroom.save(person, { path: at, text, version: newsroom.read(at)?.version ?? null });
  }

  return {
    isToBegin,
    settingsText,
    offer: () => {
      // All articles are checked for it, and they come with the program: once is enough.
      offered ??= starterOf(starter, { withArticles: true, today: today() });
      return { articles: offered.articles.length, left: offered.left };
    },
    async begin(person, { change, withArticles }) {
      const { files, articles } = starterOf(starter, { withArticles, today: today() });
      const { home, emergency } = siteSettingsOf(starter);
      const first = emergency.filter((slug) => articles.includes(slug));
      const data = settingsWith({ home, emergency: first }, change);
      const text = writeFile({ data, body: '' }, 'yaml', settings.schema);
      refuseErrors(await newsroom.problemsIn({ path, text }));
      files.set(path, text);
      const uploads = new Set(
        [...files.values()]
          .flatMap((file) => file.match(UPLOADS) ?? [])
          .map((address) => `content${address}`),
      );
      await newsroom.replaceContent(person, '开站：换成本县的内容', { files, uploads });
    },
    changeSettings: (person, change) => saveData(person, settings.name, settingsText(change)),
    saveList(person, list, items) {
      const place = placeOf(content, `content/data/${list.name}.yaml`);
      const before = place ? readPlace(place)?.text : undefined;
      return saveData(
        person,
        list.name,
        writeFile({ data: { items }, body: '' }, 'yaml', listSchema(list), before),
      );
    },
    startingTopics() {
      const mine = content.list(topics).items;
      const others = sharedLists(starter).has(`content/data/${topics.name}.yaml`)
        ? starter.list(topics).items.filter(({ id }) => !mine.some((item) => item.id === id))
        : [];
      return [...mine, ...others];
    },
    async addPage(person, page) {
      const at = `content/pages/${page.slug}.mdx`;
      if (newsroom.read(at)) return false;
      await newsroom.save(person, { path: at, text: pageText(page, today()), version: null });
      return true;
    },
    hasLooks() {
      const { seal, slogan, menu = [] } = content.settings(settings).data ?? {};
      return Boolean(seal || slogan || menu.length > 0);
    },
    hasPage: (slug) => newsroom.read(`content/pages/${slug}.mdx`) !== undefined,
    has: (what) => {
      if (what === 'pages' || what === 'articles')
        return (newsroom.folder(`content/${what}`) ?? []).length > 0;
      return content.list({ townships, schools, topics }[what] as ReferenceList).items.length > 0;
    },
  };
}
