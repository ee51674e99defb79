import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { start } from '../../cms/server/start.ts';
import { MIGRATIONS } from '../../cms/server/stores/data-folder/migrations.ts';
import { PASSWORD, visitorOf } from '../support/newsroom.ts';

/** Data folders that earlier versions have written, see `tests/fixtures/data-folders/`. */

const build = async (folder: string) => {
  writeFileSync(join(folder, 'index.html'), '首页');
  return undefined;
};

const FOLDERS: [name: string, file: string, prepare: (data: string) => void][] = [
  ['0.1.0 写的', '0.1.0.tar.gz', () => {}],
  // Before versions had numbers, nothing noted the format.
  ['没有写格式的', '0.1.0.tar.gz', (data) => rmSync(join(data, 'format'))],
];

test.each(FOLDERS)('%s数据文件夹直接打开：账号、草稿、回收站、申请、网站都在', async (_, file, prepare) => {
  const data = mkdtempSync(join(tmpdir(), 'old-data-'));
  mkdirSync(data, { recursive: true });
  execFileSync('tar', ['-xzf', join('tests/fixtures/data-folders', file), '-C', data]);
  prepare(data);
  const served = await start({ data, content: 'tests/fixtures/county', port: 0, base: '/', build });
  const read = async (path: string) => (await publisher.fetch(`admin/desk/${path}/`)).text();
  const publisher = visitorOf(served.url);
  try {
    expect(served.setupLink).toBeUndefined();
    await publisher.post('admin/login/', { login: 'zhangjie', password: PASSWORD });
    for (const [slug, stage] of [
      ['cao-gao', 'draft'],
      ['song-shen', 'final'],
      ['fa-bu', 'published'],
    ])
      expect(await publisher.call('GET', `file?path=content/articles/${slug}.mdx`), slug).toMatchObject({
        stage,
      });
    expect(await read('deleted')).toContain('放弃的一篇');
    expect(await read('requests')).toMatch(/测试老师[\s\S]*13800000000|13800000000[\s\S]*测试老师|第一小学/);
    expect(await (await fetch(served.url)).text()).toContain('首页');
    expect(readFileSync(join(data, 'format'), 'utf8')).toBe(`${MIGRATIONS.at(-1)?.format}\n`);
    if (process.platform !== 'win32')
      for (const name of ['portal.db', 'secret', 'requests.key', 'server.json'])
        expect(statSync(join(data, name)).mode & 0o777, name).toBe(0o600);
  } finally {
    await served.close();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
});
