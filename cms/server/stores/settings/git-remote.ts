/** Addresses of Git hosts, as the settings of this server name them. */

export interface Remote {
  /** `https://…`, `ssh://…` or `git@host:path`; `http://` on this machine only. */
  url: string;
  branch: string;
}

/** Whether Git reaches an address by SSH; the others are HTTP. */
export const isSsh = (url: string): boolean =>
  url.startsWith('ssh://') || /^[\w.-]+@[\w.-]+:(?!\/\/)/.test(url);

/** What is wrong with the address of a Git host, a Chinese sentence; undefined when nothing is. */
export function remoteProblem(url: string): string | undefined {
  const wrong = '请写 https://、ssh:// 或 git@主机:路径 样子的仓库地址';
  if (/[\s\p{C}]/u.test(url)) return wrong;
  if (isSsh(url)) return /^(?:ssh:\/\/)?-|@-/.test(url) ? wrong : undefined;
  if (!URL.canParse(url)) return wrong;
  const { protocol, hostname, username, password } = new URL(url);
  if (username || password)
    return '地址里不要写用户名和令牌；令牌放在数据目录的 git-token 文件里，见 docs/operate.md';
  if (protocol === 'https:') return undefined;
  if (protocol !== 'http:') return wrong;
  return /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname)
    ? undefined
    : 'http 不加密，令牌会泄露；请用 https:// 开头的地址';
}
