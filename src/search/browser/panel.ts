import { combobox } from './combobox.ts';
import { excerpt, highlight } from './excerpt.ts';
import {
  accepts,
  type Chosen,
  countFacets,
  type FacetsFile,
  labelsOf,
  readState,
  type SearchState,
  writeState,
} from '../facets.ts';
import type { FullText } from './fulltext.ts';
import { TEXT_FOLDER } from '../fulltext/sections.ts';
import { highlightTerms } from '../query.ts';
import type { Answer, Found } from './answer.ts';
import { searchWhole, suggest } from './search.ts';
import { element, facetGroups, fill, marked, resultSections, type Shown } from './show.ts';
import { bytesFromFolder, openTextIndex } from './text-index.ts';
import { fetchFromFolder, openTitleIndex } from './titles.ts';

/** Results shown at first, and added by each 「再看」. */
const PAGE_RESULTS = 10;

/**
 * `<search-panel>` makes the search page's form search: the address holds the query and the ticked filters, Back
 * returns to the query before, and the static directory stands in whenever there are no results.
 */
class SearchPanel extends HTMLElement {
  connectedCallback(): void {
    const part = <Kind extends Element = HTMLElement>(name: string) =>
      this.querySelector(`[data-part=${name}]`) as Kind;
    const form = part<HTMLFormElement>('form');
    const input = part<HTMLInputElement>('input');
    const base = this.dataset.base ?? '';
    const readBytes = bytesFromFolder(`${base}/${TEXT_FOLDER}/`);
    const index = openTitleIndex(fetchFromFolder(`${base}/search/index/`), readBytes);
    let engine: FullText | undefined;
    let state: SearchState = { q: '', chosen: {} };
    let turn = 0;

    const openEngine = async () => {
      const { sections } = await index.manifest();
      engine ??= openTextIndex(readBytes, sections);
      return engine;
    };

    const closeSuggestions = combobox(
      { input, list: part('suggestions'), status: part('suggested') },
      async (typed) => {
        const { query, titles } = await suggest(index, typed);
        const terms = highlightTerms(query);
        return titles.map(({ title, address, kind }) => ({
          address: base + address,
          content: [element('span', {}, ...marked(highlight(title, terms))), element('small', {}, kind)],
        }));
      },
    );

    /** A button that runs the same search once more. */
    const tryAgain = () => {
      const again = element('button', { type: 'button', class: 'plain' }, '再试一次');
      again.addEventListener('click', () => run(state));
      return [again];
    };

    const say = (...content: (Node | string)[]) => fill(part('status'), ...content);
    const show = (name: string, shown: boolean) => {
      part(name).hidden = !shown;
    };

    const run = async (next: SearchState) => {
      const mine = ++turn;
      state = next;
      closeSuggestions();
      if (input.value.trim() !== next.q) input.value = next.q;
      show('found', false);
      show('more', false);
      if (!next.q) {
        this.setAttribute('aria-busy', 'false');
        say();
        fill(part('found'));
        show('filters', false);
        show('directory', true);
        return;
      }
      this.setAttribute('aria-busy', 'true');
      say('正在查找…');
      try {
        const [opened, facets] = await Promise.all([openEngine(), index.facets()]);
        const accepted = (doc: number) => accepts(facets, next.chosen, doc);
        const { answer, fullText } = await searchWhole(index, opened, next.q, accepted);
        if (mine === turn) await present(answer, facets, fullText, next.chosen, mine);
      } catch {
        if (mine !== turn) return;
        say(
          element('span', {}, '没能取到搜索索引，请看看网络是否通畅。也可以从下面的目录里找。'),
          ...tryAgain(),
        );
        show('directory', true);
      } finally {
        if (mine === turn) this.setAttribute('aria-busy', 'false');
      }
    };

    const present = async (
      answer: Answer,
      facets: FacetsFile,
      fullText: FullText | undefined,
      chosen: Chosen,
      mine: number,
    ) => {
      const { found, terms } = answer;
      const kept = found.filter(({ doc }) => accepts(facets, chosen, doc));
      const docs = found.map(({ doc }) => doc);
      showFilters(facets, docs, chosen);
      sayFound(kept.length, answer, fullText !== undefined);
      show('directory', kept.length === 0);
      let results: Shown[] = [];
      let taken = 0;
      const add = async () => {
        const wanted = kept.slice(taken, taken + PAGE_RESULTS);
        const shown = await Promise.all(wanted.map((one) => showable(one, facets, fullText, terms)));
        if (mine !== turn) return;
        taken += wanted.length;
        results = results.concat(shown.filter(({ address }) => address !== base));
        fill(part('found'), ...resultSections(results));
        show('found', results.length > 0);
        show('more', taken < kept.length);
      };
      part('more').onclick = async () => {
        const first = results.length;
        await add();
        // The button may be gone: go on from the first of the new results.
        part('found').querySelectorAll('a')[first]?.focus();
      };
      await add();
    };

    /** The result with its address; of one whose text cannot be fetched the title alone, where it is known. */
    const showable = async (
      { doc, tier, title }: Found,
      facets: FacetsFile,
      fullText: FullText | undefined,
      terms: readonly string[],
    ): Promise<Shown> => {
      const { simplifiedOf } = await index.characters(state.q);
      const kept = await fullText?.read(doc).catch(() => undefined);
      return {
        tier,
        address: base + (title?.address ?? kept?.address ?? ''),
        kind: labelsOf(facets, 'type', doc)[0] ?? '',
        title: highlight(title?.title ?? kept?.title ?? '', terms, simplifiedOf),
        excerpt: kept ? excerpt(kept.text.slice(kept.title.length), terms, simplifiedOf) : [],
      };
    };

    const showFilters = (facets: FacetsFile, docs: number[], chosen: Chosen) => {
      const focused = document.activeElement as HTMLInputElement | null;
      const groups = facetGroups(countFacets(facets, docs, chosen));
      fill(part('facets'), ...groups);
      show('filters', groups.length > 0);
      const ticked = Object.values(chosen).reduce((sum, values) => sum + (values?.length ?? 0), 0);
      part('ticked').textContent = ticked > 0 ? `（已选 ${ticked} 项）` : '';
      if (focused?.type !== 'checkbox') return;
      for (const box of Array.from(part('facets').querySelectorAll('input')))
        if (box.name === focused.name && box.value === focused.value) box.focus();
    };

    const sayFound = (kept: number, { found, corrected, days }: Answer, whole: boolean) => {
      const all = found.length;
      const note = whole ? '' : '没能取到全文索引，只按标题查找。';
      const retry = whole ? [] : tryAgain();
      const about = corrected
        ? `没有「${state.q}」，也按「${corrected}」查找，`
        : days === undefined
          ? ''
          : `${days}，`;
      if (kept > 0) return say(element('span', {}, `${about}找到 ${kept} 条。${note}`), ...retry);
      if (all === 0)
        return say(
          element(
            'span',
            {},
            `没有找到「${state.q}」。${note}可以换个说法，少写几个字，或从下面的目录里找。`,
          ),
          ...retry,
        );
      const clear = element('button', { type: 'button', class: 'plain' }, '去掉筛选');
      clear.addEventListener('click', () => replace({ q: state.q, chosen: {} }));
      return say(element('span', {}, `按现在的筛选没有结果；不筛选有 ${all} 条。`), clear);
    };

    const addressOf = (next: SearchState) => location.pathname + writeState(next);
    const replace = (next: SearchState) => {
      history.replaceState(null, '', addressOf(next));
      return run(next);
    };
    /** What the form says, read as its address would be. */
    const formState = () => {
      const parameters = new URLSearchParams();
      new FormData(form).forEach((value, name) => {
        parameters.append(name, String(value).trim());
      });
      return readState(parameters.toString());
    };

    form.addEventListener('submit', (event) => {
      event.preventDefault();
      // On a phone the keyboard on the screen would cover the results.
      if (matchMedia('(pointer: coarse)').matches) input.blur();
      const next = formState();
      if (next.q === state.q) {
        replace(next);
        return;
      }
      history.pushState(null, '', addressOf(next));
      run(next);
    });
    part('facets').addEventListener('change', () => replace({ ...formState(), q: state.q }));
    window.addEventListener('popstate', () => run(readState(location.search)));

    if (matchMedia('(min-width: 60em)').matches) part<HTMLDetailsElement>('filters').open = true;
    run(readState(location.search));
  }
}

customElements.define('search-panel', SearchPanel);
