import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clientOf } from './client.ts';
import { watchForwarded } from './forwarded.ts';

const request = (headers: Record<string, string>) => ({ headers: new Headers(headers) });

test('转发头只认设置里那个代理发的，而且只认最后一个地址', () => {
  const forwarded = request({ 'x-forwarded-for': '6.6.6.6, 203.0.113.9', 'x-forwarded-proto': 'https' });
  expect(clientOf(forwarded, { address: '::ffff:127.0.0.1' }, { proxy: '127.0.0.1' })).toEqual({
    address: '203.0.113.9',
    counted: '203.0.113.9',
    protocol: 'https',
  });
  for (const settings of [{ proxy: '' }, { proxy: '10.0.0.9' }])
    expect(clientOf(forwarded, { address: '127.0.0.1' }, settings)).toEqual({
      address: '127.0.0.1',
      counted: '127.0.0.1|203.0.113.9',
      protocol: 'http',
    });
  expect(clientOf(forwarded, {}, { proxy: '' })).toEqual({
    address: '',
    counted: '|203.0.113.9',
    protocol: 'http',
  });
});

test('没有代理时，浏览器发什么都改不了自己的地址', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.ipV4(), (sent, address) => {
      const headers = request({ 'x-forwarded-for': sent.replace(/[^ -~]/g, '') });
      expect(clientOf(headers, { address }, { proxy: '' })).toMatchObject({ address, protocol: 'http' });
      expect(clientOf(headers, { address }, { proxy: '0.0.0.0' }).address).toBe(address);
    }),
  );
});

test('没有写进设置的代理：日志里说一次，说明填什么；外面的人偶尔带这个头不算', () => {
  const warned: string[] = [];
  const watch = watchForwarded((message) => warned.push(message));
  watch.saw('203.0.113.5');
  expect([watch.latest(''), warned]).toEqual([undefined, []]);
  for (let times = 0; times < 3; times++) watch.saw('127.0.0.1');
  expect(warned).toHaveLength(1);
  expect(warned[0]).toMatch(/「服务器设置」的「代理的 IP 地址」里填 127\.0\.0\.1/);
  expect(watch.latest('')).toBe('127.0.0.1');
  // Entered in the settings, it is no longer told.
  expect(watch.latest('127.0.0.1')).toBeUndefined();
  for (let times = 0; times < 100; times++) watch.saw('203.0.113.5');
  expect(watch.latest('127.0.0.1')).toBe('203.0.113.5');
  // Made-up addresses do not fill the memory.
  for (let index = 0; index < 1000; index++) watch.saw(`10.0.${index >> 8}.${index & 255}`);
  expect(warned.length).toBeLessThan(60);
});
