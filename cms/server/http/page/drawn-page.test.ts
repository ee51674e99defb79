import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { openContent } from '../../../../src/store/index.ts';
import { placeOf } from '../../../documents/places.ts';
import { openDocument } from '../../stores/content/entry-document.ts';
import { type DrawsPages, drawnPage } from './drawn-page.ts';

/** The page of a draft in a browser: whatever somebody wrote into it, nothing of it runs. */

const place = placeOf(openContent(), 'content/news/jia.mdx');

function asked(previews: DrawsPages) {
  if (!place) throw new Error('没有这个地方');
  const document = openDocument(place, '---\ntitle: 甲\n---\n');
  return new Hono().get('/', (context) => drawnPage(context, previews, document)).request('/');
}

test('画出来的网页原样给，不运行脚本，不能提交表单，不让收录', async () => {
  const html = '<p>正文</p><script>alert(1)</script>';
  const response = await asked({ draw: async () => ({ html, isLater: false }) });
  expect(await response.text()).toBe(html);
  const policy = response.headers.get('content-security-policy') ?? '';
  for (const rule of ["script-src 'none'", "form-action 'none'", 'sandbox', "frame-ancestors 'self'"])
    expect(policy).toContain(rule);
  expect(policy).not.toContain('allow-scripts');
  expect(response.headers.get('x-robots-tag')).toContain('noindex');
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test('还没准备好的自己再来，画不成的说为什么', async () => {
  const later = await asked({ draw: async () => ({ isLater: true }) });
  expect(later.status).toBe(503);
  expect(await later.text()).toContain('http-equiv="refresh"');
  const never = await asked(undefined);
  expect(never.status).toBe(404);
  expect(await never.text()).toContain('请返回看全文');
});
