import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAYOUT_HEAD, LISTED, type Peer } from './peer.ts';
import { writePosts } from './posts.ts';

const CONFIG = `baseURL = "https://a.example/"\ntitle = "文章"\npaginate = ${LISTED}\n[taxonomies]\ntopic = "topics"\n`;

const SINGLE = `${LAYOUT_HEAD}<title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1><p>{{ .Params.summary }}</p>{{ range .Params.topics }}<a href="/topics/{{ . }}/">{{ . }}</a>{{ end }}{{ .Content }}</body></html>`;

const list = (pages: string) =>
  `${LAYOUT_HEAD}<title>列表</title></head><body>{{ range ${pages} }}<h2><a href="{{ .Permalink }}">{{ .Title }}</a></h2><p>{{ .Params.summary }}</p>{{ end }}</body></html>`;

/** Debian's Hugo, when it is there. */
export function hugo(): Peer | undefined {
  try {
    execFileSync('hugo', ['version'], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return {
    name: 'Hugo',
    prepare(articles, site) {
      writePosts(articles, join(site, 'content/posts'));
      mkdirSync(join(site, 'layouts/_default'), { recursive: true });
      const write = (name: string, text: string) => writeFileSync(join(site, name), text);
      write('config.toml', CONFIG);
      write('layouts/_default/single.html', SINGLE);
      write('layouts/_default/list.html', list('.Pages'));
      write('layouts/index.html', list('(.Paginate (where .Site.RegularPages "Section" "posts")).Pages'));
    },
    leftovers: ['public', 'resources'],
    command: () => ['hugo', ['--quiet']],
    page: (site, slug) => join(site, 'public/posts', slug, 'index.html'),
  };
}
