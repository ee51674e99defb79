import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPublicAddress, mayConnect, type Resolved, targetOf } from './addresses.ts';

/** Every network that is not public, with what stands in it for everybody to see. */
const REFUSED = {
  本机: ['0.0.0.0/8', '0.0.0.0'],
  '内部网络 10': ['10.0.0.0/8', '10.1.2.3'],
  运营商共用的网络: ['100.64.0.0/10', '100.100.100.200'],
  回环: ['127.0.0.0/8', '127.0.0.1'],
  '链路本地（云主机的密钥）': ['169.254.0.0/16', '169.254.169.254'],
  '内部网络 172': ['172.16.0.0/12', '172.31.255.254'],
  协议保留: ['192.0.0.0/24', '192.0.0.8'],
  '内部网络 192': ['192.168.0.0/16', '192.168.1.1'],
  性能测试: ['198.18.0.0/15', '198.19.0.1'],
  组播: ['224.0.0.0/4', '239.255.255.250'],
  保留和广播: ['240.0.0.0/4', '255.255.255.255'],
} as const;

const PUBLIC = [
  '1.1.1.1',
  '8.8.8.8',
  '11.0.0.1',
  '100.63.255.255',
  '100.128.0.0',
  '172.15.0.1',
  '172.32.0.1',
];

const numberOf = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const addressOf = (number: number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');

/** The check again, by arithmetic: networks as pairs of first address and size. */
const networks = Object.values(REFUSED).map(([network]) => {
  const [first = '', prefix] = network.split('/');
  return { first: numberOf(first), size: 2 ** (32 - Number(prefix)) };
});
const others = ['192.0.2.0', '192.88.99.0', '198.51.100.0', '203.0.113.0'].map((first) => ({
  first: numberOf(first),
  size: 256,
}));
const isRefused = (number: number) =>
  [...networks, ...others].some(({ first, size }) => number >= first && number < first + size);

test.each(Object.entries(REFUSED))('%s不是公开的地址', (_name, [, example]) => {
  expect(isPublicAddress(example)).toBe(false);
});

test.each(PUBLIC)('%s 是公开的地址', (address) => expect(isPublicAddress(address)).toBe(true));

test.each([
  '::',
  '::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:7f00:1',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::1',
  '3fff::1',
])('%s 不是公开的地址', (address) => expect(isPublicAddress(address)).toBe(false));

test.each(['2400:3200::1', '2001:4860:4860::8888', '2606:4700::1111', '240e:1::1'])(
  '%s 是公开的地址',
  (address) => expect(isPublicAddress(address)).toBe(true),
);

describe('任何地址', () => {
  test('IPv4 的，不在那些网络里就是公开的', () => {
    const inside = fc
      .constantFrom(...networks, ...others)
      .chain(({ first, size }) => fc.integer({ min: 0, max: size - 1 }).map((at) => first + at));
    const edge = fc
      .constantFrom(...networks, ...others)
      .chain(({ first, size }) => fc.constantFrom(first - 1, first, first + size - 1, first + size))
      .filter((number) => number >= 0 && number < 2 ** 32);
    const anywhere = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(fc.oneof(inside, edge, anywhere), (number) => {
        expect(isPublicAddress(addressOf(number))).toBe(!isRefused(number));
      }),
    );
  });

  test('IPv4 的写成 IPv6，不是公开的', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom('::ffff:', '::', '64:ff9b::'), (address, prefix) => {
        expect(isPublicAddress(prefix + address)).toBe(false);
      }),
    );
  });

  test('IPv6 的在 2000::/3 以外，不是公开的', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const first = Number.parseInt(address.startsWith(':') ? '0' : (address.split(':')[0] ?? '0'), 16);
        if (first >> 13 !== 1) expect(isPublicAddress(address)).toBe(false);
      }),
    );
  });

  test('不是 IP 地址的，不是公开的', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.domain()), (text) => {
        expect(isPublicAddress(text)).toBe(false);
      }),
    );
  });
});

const never = () => Promise.reject(new Error('a name was looked up'));

test.each([
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.1/',
  'http://0177.0.0.1/',
  'http://127.1/',
  'http://１２７.0.0.1/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[fd00::1]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://3232235777/',
])('%s 不论怎么写，都不去', async (address) => {
  expect(await targetOf(new URL(address), { mayConnect, resolve: never })).toBeUndefined();
});

test('只开放网页服务器的端口', async () => {
  for (const port of [22, 25, 3306, 6379, 8080]) expect(mayConnect('1.1.1.1', port)).toBe(false);
  expect(await targetOf(new URL('http://1.1.1.1:8080/'), { mayConnect, resolve: never })).toBeUndefined();
  expect(await targetOf(new URL('https://1.1.1.1/'), { mayConnect, resolve: never })).toMatchObject({
    host: '1.1.1.1',
    port: 443,
  });
});

test('一个域名的地址里有一个不公开，就不去', async () => {
  const resolving = (...addresses: string[]) => ({
    mayConnect,
    resolve: async (): Promise<Resolved[]> => addresses.map((address) => ({ address, family: 4 })),
  });
  const url = new URL('https://school.example/');
  expect(await targetOf(url, resolving('1.1.1.1'))).toMatchObject({ addresses: [{ address: '1.1.1.1' }] });
  expect(await targetOf(url, resolving('1.1.1.1', '10.0.0.1'))).toBeUndefined();
  expect(await targetOf(url, resolving())).toBeUndefined();
});

test('localhost 查出来是这台机器', async () => {
  const { resolveName } = await import('./addresses.ts');
  expect(await targetOf(new URL('http://localhost/'), { mayConnect, resolve: resolveName })).toBeUndefined();
});
