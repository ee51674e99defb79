import { existsSync } from 'node:fs';
import { gitEnvironment } from '../../stores/content/git.ts';
import type { CredentialFiles } from './credentials.ts';

/** Environment in which Git pushes: nothing of the machine's own settings, keys or agents takes part. */

/** Reads the token when Git asks for it: it is in no argument, no variable and no setting. */
const CREDENTIAL_HELPER = `!f() { test "$1" = get || exit 0; IFS= read -r line < "$PORTAL_GIT_TOKEN"; case "$line" in *:*) echo "username=\${line%%:*}"; echo "password=\${line#*:}";; *) echo username=git; echo "password=$line";; esac; }; f`;

export function pushEnvironment({
  repository,
  url,
  tokenFile,
  keyFile,
  knownHostsFile,
}: CredentialFiles & { repository: string; url: string }): NodeJS.ProcessEnv {
  const settings: [string, string][] = [
    ['protocol.allow', 'never'],
    ['protocol.https.allow', 'always'],
    ['protocol.ssh.allow', 'always'],
    ['core.hooksPath', '/dev/null'],
    // The token must not reach another host: an administrator corrects an address that moved.
    ['http.followRedirects', 'false'],
    ['http.lowSpeedLimit', '1000'],
    ['http.lowSpeedTime', '60'],
    ['credential.helper', ''],
  ];
  if (url.startsWith('http://')) settings.push(['protocol.http.allow', 'always']);
  if (existsSync(tokenFile)) settings.push(['credential.helper', CREDENTIAL_HELPER]);
  const proxies = Object.entries(process.env).filter(([name]) => /^(?:https_proxy|no_proxy)$/i.test(name));
  return {
    ...gitEnvironment(repository),
    ...Object.fromEntries(proxies),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
    GIT_CONFIG_COUNT: String(settings.length),
    GIT_ASKPASS: 'true',
    PORTAL_GIT_TOKEN: tokenFile,
    GIT_SSH_VARIANT: 'ssh',
    GIT_SSH_COMMAND: [
      'ssh -F /dev/null',
      `-i ${quoted(keyFile)}`,
      ...[
        'IdentitiesOnly=yes',
        'IdentityAgent=none',
        'BatchMode=yes',
        'StrictHostKeyChecking=yes',
        `UserKnownHostsFile=${quoted(knownHostsFile)}`,
        'GlobalKnownHostsFile=/dev/null',
        'PasswordAuthentication=no',
        'ForwardAgent=no',
        'ConnectTimeout=20',
      ].map((option) => `-o ${option}`),
    ].join(' '),
  };
}

const quoted = (path: string): string => `'${path.replaceAll('\\', '/').replaceAll("'", `'\\''`)}'`;
