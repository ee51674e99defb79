import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installed } from '../machine/packages.ts';
import { LAYOUT_HEAD, LISTED, type Peer } from './peer.ts';
import { writePosts } from './posts.ts';

const POST = `${LAYOUT_HEAD}<title>{{ title }}</title></head><body><h1>{{ title }}</h1><p>{{ summary }}</p><a href="/topic/{{ topic }}/">{{ topic }}</a>{{ content | safe }}</body></html>`;

const list = (items: string) =>
  `${LAYOUT_HEAD}<title>列表</title></head><body>{% for post in ${items} %}<h2><a href="{{ post.url }}">{{ post.data.title }}</a></h2><p>{{ post.data.summary }}</p>{% endfor %}</body></html>`;

const INDEX = `---\npagination:\n  data: collections.posts\n  size: ${LISTED}\n  reverse: true\npermalink: "/{% if pagination.pageNumber > 0 %}page/{{ pagination.pageNumber + 1 }}/{% endif %}"\n---\n${list('pagination.items')}`;

const TOPIC = `---\npagination:\n  data: collections.topics\n  size: 1\n  alias: topic\npermalink: "/topic/{{ topic.name }}/"\n---\n${list('topic.posts')}`;

const FEED =
  '---\npermalink: /feed.xml\n---\n<rss version="2.0"><channel><title>文章</title>{% for post in collections.newest %}<item><title>{{ post.data.title }}</title><link>https://a.example{{ post.url }}</link></item>{% endfor %}</channel></rss>';

const CONFIG = `module.exports = (config) => {
  config.addCollection('newest', (api) => api.getFilteredByTag('posts').slice(-${LISTED}).reverse());
  config.addCollection('topics', (api) => {
    const byTopic = new Map();
    for (const post of api.getFilteredByTag('posts')) {
      const { topic } = post.data;
      if (!byTopic.has(topic)) byTopic.set(topic, []);
      byTopic.get(topic).push(post);
    }
    return [...byTopic].map(([name, posts]) => ({ name, posts }));
  });
  return { dir: { input: '.', output: '_site' }, markdownTemplateEngine: false };
};`;

/** Eleventy 3, installed for measuring. */
export function eleventy(): Peer | undefined {
  const program = installed('@11ty/eleventy', '3', 'eleventy');
  if (!program) return undefined;
  return {
    name: 'Eleventy 3',
    prepare(articles, site) {
      writePosts(articles, join(site, 'posts'));
      mkdirSync(join(site, '_includes'));
      const write = (name: string, text: string) => writeFileSync(join(site, name), text);
      write('posts/posts.json', '{ "layout": "post.njk", "tags": "posts" }');
      write('_includes/post.njk', POST);
      write('index.njk', INDEX);
      write('topic.njk', TOPIC);
      write('feed.njk', FEED);
      write('eleventy.config.cjs', CONFIG);
    },
    leftovers: ['_site'],
    command: () => [process.execPath, [join(program, 'cmd.cjs'), '--quiet']],
    page: (site, slug) => join(site, '_site/posts', slug, 'index.html'),
  };
}
