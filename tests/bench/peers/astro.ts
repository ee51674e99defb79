import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { LAYOUT_HEAD, LISTED, type Peer } from './peer.ts';
import { writePosts } from './posts.ts';

const CONFIG = `import mdx from '@astrojs/mdx';
export default { integrations: [mdx()], logLevel: 'error' };
`;

const COLLECTION = `import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
export const collections = {
  posts: defineCollection({
    loader: glob({ pattern: '*.mdx', base: './src/content/posts' }),
    schema: z.object({ title: z.string(), summary: z.string(), topic: z.string(), date: z.coerce.date() }),
  }),
};
`;

const NEWEST = `const posts = (await getCollection('posts')).sort((a, b) => b.data.date - a.data.date);`;

const POST = `---
import { getCollection, render } from 'astro:content';
export async function getStaticPaths() {
  return (await getCollection('posts')).map((post) => ({ params: { slug: post.id }, props: { post } }));
}
const { post } = Astro.props;
const { title, summary, topic } = post.data;
const { Content } = await render(post);
---
${LAYOUT_HEAD}<title>{title}</title></head><body><h1>{title}</h1><p>{summary}</p><a href={\`/topic/\${topic}/\`}>{topic}</a><Content /></body></html>
`;

const LIST_BODY = `${LAYOUT_HEAD}<title>列表</title></head><body>{posts.map(({ id, data }) => <><h2><a href={\`/posts/\${id}/\`}>{data.title}</a></h2><p>{data.summary}</p></>)}</body></html>
`;

const INDEX = `---
import { getCollection } from 'astro:content';
export async function getStaticPaths({ paginate }) {
  ${NEWEST}
  return paginate(posts, { pageSize: ${LISTED} });
}
const posts = Astro.props.page.data;
---
${LIST_BODY}`;

const TOPIC = `---
import { getCollection } from 'astro:content';
export async function getStaticPaths() {
  ${NEWEST}
  const topics = Object.groupBy(posts, ({ data }) => data.topic);
  return Object.entries(topics).map(([topic, posts]) => ({ params: { topic }, props: { posts } }));
}
const { posts } = Astro.props;
---
${LIST_BODY}`;

const FEED = `import { getCollection } from 'astro:content';
export async function GET() {
  ${NEWEST}
  const items = posts.slice(0, ${LISTED}).map(({ id, data }) => \`<item><title>\${data.title}</title><link>https://a.example/posts/\${id}/</link></item>\`);
  return new Response(\`<rss version="2.0"><channel><title>文章</title>\${items.join('')}</channel></rss>\`);
}
`;

/** Astro as the project has it, with @astrojs/mdx as it comes: a content collection of MDX, nothing of ours. */
export function astroMdx(): Peer | undefined {
  const program = resolve('node_modules/astro/bin/astro.mjs');
  if (!existsSync(program) || !existsSync('node_modules/@astrojs/mdx')) return undefined;
  return {
    name: 'Astro + MDX',
    prepare(articles, site) {
      writePosts(articles, join(site, 'src/content/posts'), { isMdx: true });
      const write = (name: string, text: string) => {
        mkdirSync(dirname(join(site, name)), { recursive: true });
        writeFileSync(join(site, name), text);
      };
      write('package.json', '{ "private": true, "type": "module" }');
      write('astro.config.mjs', CONFIG);
      write('src/content.config.mjs', COLLECTION);
      write('src/pages/posts/[slug].astro', POST);
      write('src/pages/[...page].astro', INDEX);
      write('src/pages/topic/[topic].astro', TOPIC);
      write('src/pages/feed.xml.js', FEED);
    },
    leftovers: ['dist', '.astro', 'node_modules'],
    command: () => [process.execPath, [program, 'build', '--silent']],
    page: (site, slug) => join(site, 'dist/posts', slug, 'index.html'),
  };
}
