import { existsSync, statSync } from 'node:fs';
import { isSsh } from '../../stores/settings/git-remote.ts';

/** The token or key for a Git host, in files of the data folder that only the server's own user may read. */

export interface CredentialFiles {
  /** File that holds `token` or `name:token`. */
  tokenFile: string;
  /** Private deploy key without a passphrase. */
  keyFile: string;
  /** Public keys of the host, as `ssh-keyscan` prints them; a host that is not in it is not connected to. */
  knownHostsFile: string;
}

/**
 * What is missing or unsafe, a Chinese sentence. A key or a token that other users of the machine can read is as good as
 * published.
 */
export function credentialProblem(
  url: string,
  { tokenFile, keyFile, knownHostsFile }: CredentialFiles,
): string | undefined {
  if (!isSsh(url)) return existsSync(tokenFile) ? privacyProblem(tokenFile) : undefined;
  if (!existsSync(keyFile))
    return `没有部署密钥：请用 ssh-keygen 生成 ${keyFile}（不设密码），把 ${keyFile}.pub 加到 Git 平台`;
  if (!existsSync(knownHostsFile))
    return `还不认识 Git 平台的主机：请运行 ssh-keyscan 主机名 > ${knownHostsFile} ，并和平台公布的指纹核对`;
  return privacyProblem(keyFile);
}

function privacyProblem(file: string): string | undefined {
  if (process.platform === 'win32' || (statSync(file).mode & 0o077) === 0) return undefined;
  return `${file} 别的用户也能读，请先运行 chmod 600 ${file}`;
}
