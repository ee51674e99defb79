import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clientOf } from './client.ts';

const request = (headers: Record<string, string>) => ({ headers: new Headers(headers) });

test('转发头只认设置里那个代理发的，而且只认最后一个地址', () => {
  const forwarded = request({ 'x-forwarded-for': '6.6.6.6, 203.0.113.9', 'x-forwarded-proto': 'https' });
  expect(clientOf(forwarded, { address: '::ffff:127.0.0.1' }, { proxy: '127.0.0.1' })).toEqual({
    address: '203.0.113.9',
    protocol: 'https',
  });
  for (const settings of [{ proxy: '' }, { proxy: '10.0.0.9' }])
    expect(clientOf(forwarded, { address: '127.0.0.1' }, settings)).toEqual({
      address: '127.0.0.1',
      protocol: 'http',
    });
  expect(clientOf(forwarded, {}, { proxy: '' })).toEqual({ address: '', protocol: 'http' });
});

test('没有代理时，浏览器发什么都改不了自己的地址', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.ipV4(), (sent, address) => {
      const headers = request({ 'x-forwarded-for': sent.replace(/[^ -~]/g, '') });
      expect(clientOf(headers, { address }, { proxy: '' })).toEqual({ address, protocol: 'http' });
      expect(clientOf(headers, { address }, { proxy: '0.0.0.0' }).address).toBe(address);
    }),
  );
});
