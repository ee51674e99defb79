import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

/**
 * The same articles as sites of Eleventy and Hugo: a page an article, lists of twenty, a list a topic and a feed. Bodies
 * are plain Markdown for them; blocks stand as text. Their sites have less on a page than ours (no search index, no
 * share pictures, no related articles), so the comparison leans towards them.
 */

const PEERS = resolve('.tmp/bench');

interface Peer {
  name: string;
  /** Writes the site of the articles in `articles` to `folder`. */
  prepare: (articles: string, folder: string) => void;
  command: (folder: string) => [string, string[]];
}

const LAYOUT_HEAD =
  '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">';

function writePosts(articles: string, target: string) {
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(articles)) {
    const [, front = '', body = ''] =
      /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(join(articles, name), 'utf8')) ?? [];
    const { title, summary, topic, published } = parse(front) as Record<string, string>;
    const plain = body.replace(/^<[/A-Z][^\n]*$/gm, '').replace(/<[A-Z][^>]*>/g, '');
    const own = { title, summary, topic, topics: [topic], date: published };
    writeFileSync(join(target, name.replace('.mdx', '.md')), `---\n${JSON.stringify(own)}\n---\n${plain}`);
  }
}

function eleventy(): Peer | undefined {
  const folder = join(PEERS, 'eleventy');
  if (!existsSync(join(folder, 'node_modules/@11ty/eleventy'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "commonjs" }');
    try {
      execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '@11ty/eleventy@3'], {
        cwd: folder,
      });
    } catch {
      return undefined;
    }
  }
  return {
    name: 'Eleventy 3',
    prepare(articles, site) {
      writePosts(articles, join(site, 'posts'));
      writeFileSync(join(site, 'posts/posts.json'), '{ "layout": "post.njk", "tags": "posts" }');
      mkdirSync(join(site, '_includes'));
      writeFileSync(
        join(site, '_includes/post.njk'),
        `${LAYOUT_HEAD}<title>{{ title }}</title></head><body><h1>{{ title }}</h1><p>{{ summary }}</p><a href="/topic/{{ topic }}/">{{ topic }}</a>{{ content | safe }}</body></html>`,
      );
      const list = (items: string) =>
        `${LAYOUT_HEAD}<title>列表</title></head><body>{% for post in ${items} %}<h2><a href="{{ post.url }}">{{ post.data.title }}</a></h2><p>{{ post.data.summary }}</p>{% endfor %}</body></html>`;
      writeFileSync(
        join(site, 'index.njk'),
        `---\npagination:\n  data: collections.posts\n  size: 20\n  reverse: true\npermalink: "/{% if pagination.pageNumber > 0 %}page/{{ pagination.pageNumber + 1 }}/{% endif %}"\n---\n${list('pagination.items')}`,
      );
      writeFileSync(
        join(site, 'topic.njk'),
        `---\npagination:\n  data: collections.topics\n  size: 1\n  alias: topic\npermalink: "/topic/{{ topic.name }}/"\n---\n${list('topic.posts')}`,
      );
      writeFileSync(
        join(site, 'feed.njk'),
        '---\npermalink: /feed.xml\n---\n<rss version="2.0"><channel><title>文章</title>{% for post in collections.newest %}<item><title>{{ post.data.title }}</title><link>https://a.example{{ post.url }}</link></item>{% endfor %}</channel></rss>',
      );
      writeFileSync(
        join(site, 'eleventy.config.cjs'),
        `module.exports = (config) => {
  config.addCollection('newest', (api) => api.getFilteredByTag('posts').slice(-20).reverse());
  config.addCollection('topics', (api) => {
    const byTopic = new Map();
    for (const post of api.getFilteredByTag('posts')) byTopic.set(post.data.topic, [...(byTopic.get(post.data.topic) ?? []), post]);
    return [...byTopic].map(([name, posts]) => ({ name, posts }));
  });
  return { dir: { input: '.', output: '_site' }, markdownTemplateEngine: false };
};`,
      );
    },
    command: () => [process.execPath, [join(folder, 'node_modules/@11ty/eleventy/cmd.cjs'), '--quiet']],
  };
}

function hugo(): Peer | undefined {
  try {
    execFileSync('hugo', ['version']);
  } catch {
    return undefined;
  }
  return {
    name: 'Hugo',
    prepare(articles, site) {
      writePosts(articles, join(site, 'content/posts'));
      mkdirSync(join(site, 'layouts/_default'), { recursive: true });
      writeFileSync(
        join(site, 'config.toml'),
        'baseURL = "https://a.example/"\ntitle = "文章"\npaginate = 20\n[taxonomies]\ntopic = "topics"\n',
      );
      const list = (pages: string) =>
        `${LAYOUT_HEAD}<title>列表</title></head><body>{{ range ${pages} }}<h2><a href="{{ .Permalink }}">{{ .Title }}</a></h2><p>{{ .Params.summary }}</p>{{ end }}</body></html>`;
      writeFileSync(
        join(site, 'layouts/_default/single.html'),
        `${LAYOUT_HEAD}<title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1><p>{{ .Params.summary }}</p>{{ range .Params.topics }}<a href="/topics/{{ . }}/">{{ . }}</a>{{ end }}{{ .Content }}</body></html>`,
      );
      writeFileSync(join(site, 'layouts/_default/list.html'), list('.Pages'));
      writeFileSync(
        join(site, 'layouts/index.html'),
        list('(.Paginate (where .Site.RegularPages "Section" "posts")).Pages'),
      );
    },
    command: () => ['hugo', ['--quiet']],
  };
}

/** The peers that are on this machine or could be installed; the names of the others. */
export function peers(): { present: Peer[]; missing: string[] } {
  rmSync(join(PEERS, 'sites'), { recursive: true, force: true });
  const found = { 'Eleventy 3': eleventy(), Hugo: hugo() };
  return {
    present: Object.values(found).filter((peer) => peer !== undefined),
    missing: Object.entries(found).flatMap(([name, peer]) => (peer ? [] : [name])),
  };
}

/** A folder for a peer's site. */
export const peerSite = (name: string, count: number) =>
  join(PEERS, 'sites', `${name.replace(/\W+/g, '-')}-${count}`);
