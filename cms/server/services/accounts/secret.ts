import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Shorter than what is made here, so that a secret made elsewhere may be used; an empty or truncated file is refused. */
const MIN_SECRET = 32;

/**
 * The server's secret, made when its file is missing: it signs cookies and encrypts the keys of two-step login.
 *
 * @throws a Chinese message when the file holds less than a secret
 */
export function readSecret(file: string): string {
  if (existsSync(file)) return longEnough(readFileSync(file, 'utf8').trim(), file);
  const secret = randomBytes(48).toString('base64url');
  mkdirSync(dirname(file), { recursive: true });
  const descriptor = openSync(file, 'wx', 0o600);
  writeSync(descriptor, `${secret}\n`);
  fsyncSync(descriptor);
  closeSync(descriptor);
  return secret;
}

function longEnough(secret: string, file: string): string {
  if (secret.length >= MIN_SECRET) return secret;
  throw new Error(
    `登录密钥「${file}」不完整（不到 ${MIN_SECRET} 个字符），别人可能冒充登录，所以没有启动。请从备份里恢复这个文件；没有备份就删掉它，用 NEW_KEYS=secret npm start 启动一次：会做一个新的，大家要重新登录，开着两步验证的人要请管理员重置密码并关闭两步验证`,
  );
}
