import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withoutVitest, SITE_NOW } from '../support/build.ts';
import { type SiteBuilder, siteBuilder } from '../../cms/server/build/builder.ts';
import { openReleases, type Releases } from '../../cms/server/services/releases.ts';
import { digests } from '../support/digests.ts';
import { seed } from '../support/random.ts';

/** Whatever kind of content changes, a publish that renders only what is affected leaves no page as it was before. */

const dataDir = resolve('.tmp/publish-anything');
const content = join(dataDir, 'given');
let builder: SiteBuilder;
let releases: Releases;
let count = 0;

beforeAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  cpSync('content', content, { recursive: true });
  builder = siteBuilder({
    dataDir,
    contentDir: content,
    env: { ...withoutVitest(process.env), PORTAL_NOW: SITE_NOW },
  });
  releases = openReleases({ folder: join(dataDir, 'releases'), build: builder.build });
  releases.onLive(() => builder.prepare(releases.current()?.folder));
  await publish();
});
afterAll(() => builder?.close());

async function publish(): Promise<Record<string, string>> {
  const commit = `${++count}`;
  releases.request({ commit, by: '王芳', why: '试验' });
  await releases.settled();
  expect(releases.status()).toMatchObject({ state: 'idle', commit });
  return digests(releases.current()?.folder as string);
}

/** As if nothing were known of the pages that are live. */
function forgetPages(): void {
  const file = join(dirname(releases.current()?.folder as string), 'pages.json');
  const { templates } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ templates, keys: {}, versions: [], reads: {} }));
}

/** What editors do to a file of content; some changes are nonsense, and the site must follow those too. */
const OPERATIONS: Record<string, (file: string, text: string) => void> = {
  改标题: (file, text) => writeFileSync(file, text.replace(/^((?: {2}- )?(?:title|name): ["']?)/m, '$1新')),
  改正文: (file, text) => writeFileSync(file, `${text.trimEnd()}\n\n末尾补一句。\n`),
  删去: (file) => rmSync(file),
  添一篇: (file, text) => writeFileSync(file.replace(/(\.\w+)$/, '-2$1'), text.replace(/^uid: .*\n/m, '')),
  改日期: (file, text) => writeFileSync(file, text.replace(/20(\d\d)-(\d\d)-1(\d)/, '20$1-$2-2$3')),
  改一个词: (file, text) => writeFileSync(file, text.replace(/：(\p{Script=Han})/u, '：又$1')),
};

const KINDS = readdirSync('content', { withFileTypes: true })
  .filter((item) => item.isDirectory() && item.name !== 'uploads')
  .map(({ name }) => name);

/** Changes to the files of a kind; there are few data files, and each is on different pages. */
function casesOf(kind: string) {
  const files = readdirSync(join(content, kind)).filter((name) => /\.(mdx|yaml)$/.test(name));
  const operations = Object.keys(OPERATIONS).filter((name) => kind !== 'data' || !/篇|正文/.test(name));
  const count = kind === 'data' ? files.length : 2;
  // Without its settings the site has another URL and is rebuilt as a whole, which would hide errors of partial builds.
  const oneCase = fc
    .tuple(fc.constantFrom(...files), fc.constantFrom(...operations))
    .filter(([name, operation]) => name !== 'settings.yaml' || operation !== '删去');
  return fc.uniqueArray(oneCase, {
    minLength: count,
    maxLength: count,
    selector: ([name]) => name,
  });
}

/** Each test begins with what the ones before it left: its seed repeats a failure when the whole file is run. */
test.each(KINDS)('改 %s 里随便什么，每一页都跟着更新', async (kind) => {
  // Once: a case is two publishes, and each finds the site as the last one left it. So nothing is shrunk either.
  const settings = { seed, numRuns: 1, endOnFailure: true };
  await fc.assert(
    fc.asyncProperty(casesOf(kind), (cases) => everyPageFollows(kind, cases)),
    settings,
  );
});

async function everyPageFollows(kind: string, cases: readonly [string, string][]) {
  for (const [name, operation] of cases) {
    const file = join(content, kind, name);
    OPERATIONS[operation]?.(file, readFileSync(file, 'utf8'));
  }
  // All at once: a page that one publish leaves as it was, the next one leaves too unless it has a reason of its own.
  const live = await publish();
  const done = `SEED=${seed} ${kind}：${cases.map((one) => one.join(' ')).join('；')}`;
  forgetPages();
  const fullBuild = await publish();
  expect(Object.keys(live), done).toEqual(Object.keys(fullBuild));
  const stale = Object.keys(fullBuild).filter((page) => live[page] !== fullBuild[page]);
  expect(stale, done).toEqual([]);
}
