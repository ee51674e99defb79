/** `temporary` is tried again; the others need an administrator to do what the message says. */
export interface PushFailure {
  pushed: false;
  kind: 'temporary' | 'diverged' | 'denied' | 'setup';
  message: string;
}

/** What a failed push means, by what Git and the hosts print. */
export function explainPush(output: string, branch: string): PushFailure {
  const failed = (kind: PushFailure['kind'], message: string): PushFailure => ({
    pushed: false,
    kind,
    message,
  });
  if (/\[rejected\].*(?:fetch first|non-fast-forward|stale info)/s.test(output))
    return failed(
      'diverged',
      `Git 平台的「${branch}」分支上有这里没有的改动，没有推送，免得把它们盖掉。请在「服务器设置」里换一个空的分支；那些改动若要保留，请在后台重新填写后发布`,
    );
  if (/\[remote rejected\]/.test(output))
    return failed(
      'denied',
      `Git 平台不让推送到「${branch}」分支：请到平台上检查分支保护和这个令牌（密钥）的写权限`,
    );
  if (/Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED/.test(output))
    return failed(
      'denied',
      'Git 平台的主机密钥与 git-known-hosts 里的不一样，可能有人冒充：请核对平台公布的指纹后再更新这个文件',
    );
  if (
    /Authentication failed|could not read (?:Username|Password)|Permission denied|error: 40[13]|HTTP 40[13]/.test(
      output,
    )
  )
    return failed(
      'denied',
      'Git 平台不认这个令牌或密钥：请到平台上看它是否过期、有没有写权限，再更新数据目录里的文件',
    );
  if (/not found|does not exist|does not appear to be a git repository/i.test(output))
    return failed(
      'setup',
      'Git 平台上没有这个仓库，或令牌（密钥）看不到它：请检查「服务器设置」里的仓库地址',
    );
  if (/redirect|error: 30[1278]/i.test(output))
    return failed('setup', '仓库换了地址：请把「服务器设置」里的仓库地址改成新的');
  return failed('temporary', '现在连不上 Git 平台，过一会儿会自动再试；内容已经保存在这台机器上');
}
