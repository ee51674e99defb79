import { randomInt } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Person } from '../../cms/protocol/roles.ts';
import { Newsroom } from '../../cms/server/services/newsroom/index.ts';
import { Repository } from '../../cms/server/stores/content/repository.ts';
import { seed } from '../../cms/server/stores/content/seed.ts';
import { writeOut } from '../../cms/server/stores/content/written-out.ts';
import { lockFolder } from '../../cms/server/stores/data-folder/lock.ts';
import { openContent } from '../../src/store/index.ts';

/**
 * An office that never stops writing, run as a process of its own so that it can be killed: says what it finds, then
 * what it begins and what was acknowledged, a line of JSON each.
 *
 * `node writer.ts <data folder> <write | move | fill | persist>`
 */

const [, , data = '', mode = 'write'] = process.argv;
const written = join(data, 'content');

const say = (event: Record<string, unknown>) => writeSync(1, `${JSON.stringify(event)}\n`);

try {
  lockFolder(data);
} catch (error) {
  say({ event: 'refused', message: (error as Error).message });
  process.exit(1);
}

const repository = await Repository.open(join(data, 'content.git'));
const initial = 'tests/fixtures/county';
const commit = await seed(repository, {
  content: initial,
  uploads: join(initial, 'uploads'),
  now: new Date(),
});
await writeOut(repository, commit, written);
const newsroom = await Newsroom.open({
  repository,
  content: openContent({ contentDir: written }),
  steps: () => [],
  now: () => new Date(),
  onPublished: () => {},
});

const writer: Person = { id: 'w', name: '写手', login: 'writer', role: 'publisher' };
const paths = Array.from({ length: 5 }, (_, index) => `content/news/kill-${index}.mdx`);

/** Where the entry is that moves, and where others think it is. */
const moving = () => {
  const text = (path: string) => newsroom.read(path)?.text ?? '';
  return {
    slugs: readdirSync(join(written, 'articles')).flatMap(
      (name) => /^(mai-zi.*)\.mdx$/.exec(name)?.[1] ?? [],
    ),
    drafts: newsroom
      .waiting(writer)
      .flatMap(({ path }) => /^content\/articles\/(mai-zi.*)\.mdx$/.exec(path)?.[1] ?? []),
    used: /article: (mai-zi[\w-]*)/.exec(text('content/data/exhibit-sets.yaml'))?.[1],
    led: [
      ...new Set(
        [...text('content/data/redirects.yaml').matchAll(/to: \/articles\/(mai-zi[\w-]*)\//g)].map(
          ([, slug]) => slug,
        ),
      ),
    ],
  };
};

say({
  event: 'found',
  faults: await repository.fsck(),
  moving: moving(),
  state: Object.fromEntries(
    paths.map((path) => {
      const file = newsroom.read(path);
      return [path, file ? { text: file.text, stage: file.stage } : null];
    }),
  ),
});

const entry = (words: string) =>
  `---\ntitle: 第${randomInt(1e9)}号消息\nkind: news\nsummary: 一句话。\npublished: 2026-11-01\n---\n\n${words}\n`;

async function step(path: string, words: string): Promise<void> {
  const now = newsroom.read(path);
  const version = now?.version ?? null;
  if (now?.stage === 'draft' && randomInt(3) === 0) {
    say({ event: 'begin', path, text: now.text, stage: 'published' });
    await newsroom.act(writer, path, now.version, { action: 'publish' });
    say({ event: 'done' });
    return;
  }
  const text = entry(words);
  say({ event: 'begin', path, text, stage: 'draft' });
  await newsroom.save(writer, { path, text, version });
  say({ event: 'done' });
}

/** An entry that others lead to, with a draft of it, goes from address to address. */
async function moveOn(count: number): Promise<void> {
  const slug = moving().slugs[0] as string;
  const path = `content/articles/${slug}.mdx`;
  const { text = '', version = '', stage } = newsroom.read(path) ?? {};
  if (stage === 'published') await newsroom.save(writer, { path, text: `${text}\n另起一段。\n`, version });
  const to = `mai-zi-${count}`;
  say({ event: 'begin', path: to });
  await newsroom.act(writer, path, newsroom.read(path)?.version ?? '', { action: 'move', to });
  say({ event: 'done', path: to });
}

if (mode === 'move') for (let count = randomInt(1e9); ; count++) await moveOn(count);

if (mode === 'write') for (;;) await step(paths[randomInt(paths.length)] as string, '正文。');

if (mode === 'persist')
  for (;;)
    try {
      await step(paths[randomInt(paths.length)] as string, '正文。');
    } catch (error) {
      say({ event: 'failed', message: (error as Error).message });
      await wait(100);
    }

// Random letters do not compress: the disk is full soon.
const noise = () => Array.from({ length: 60_000 }, () => String.fromCharCode(97 + randomInt(26))).join('');
const filler = join(data, 'filler');
writeFileSync(filler, Buffer.alloc(300_000));
try {
  for (;;) await step(paths[0] as string, noise());
} catch (error) {
  say({ event: 'failed', message: (error as Error).message });
}
say({ event: 'kept', text: newsroom.read(paths[0] as string)?.text });
rmSync(filler);
await step(paths[1] as string, '又能写了。');
say({ event: 'end', faults: await repository.fsck() });
repository.close();
