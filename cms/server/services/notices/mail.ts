import { createTransport } from 'nodemailer';
import { isLoopback, isPrivateAddress } from '../network-address.ts';
import { checkedAddresses, NotSent, type OutgoingRules, TIMEOUT_MS } from './outgoing.ts';
import type { MailSettings } from './settings.ts';
import type { Message } from './wording.ts';

/** Notices by e-mail, plain text: no picture, nothing that tells who has opened it. */

/** Ports of mail servers: nothing else is talked to in this way. */
const MAIL_PORTS: readonly number[] = [25, 465, 587, 2525];

/** Neither this machine nor what providers serve credentials from. */
const isInOwnNetwork = (address: string) =>
  isPrivateAddress(address) && !isLoopback(address) && !/^(?:169\.254\.|fe80)/i.test(address);

function rulesFor({ isInternal }: MailSettings, rules: OutgoingRules): OutgoingRules {
  if (rules.isPlainAllowed) return rules;
  return {
    ...rules,
    mayConnect: (address, port) =>
      MAIL_PORTS.includes(port) &&
      (rules.mayConnect(address, port) || (isInternal && isInOwnNetwork(address))),
  };
}

const textOf = ({ lines, end }: Message): string =>
  [...lines.map(({ text, link }) => (link ? `${text}\n${link}` : text)), ...(end ? [end] : [])].join('\n\n');

/**
 * Sends a message to one person.
 *
 * @throws {NotSent}
 */
export async function sendMail(
  settings: MailSettings,
  to: string,
  message: Message,
  rules: OutgoingRules,
): Promise<void> {
  const { host, port, security, user, password, from, isInternal } = settings;
  if (security === 'none' && !isInternal && !rules.isPlainAllowed)
    throw new NotSent('不加密的邮件服务器只能是内部网络里的', { isFinal: true });
  const url = new URL(`smtp://${host.includes(':') ? `[${host}]` : host}:${port}`);
  const [first] = await checkedAddresses(url, rulesFor(settings, rules));
  const transport = createTransport({
    // The address that was checked; the certificate is that of the name.
    host: first?.address ?? host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { servername: host },
    ...(user ? { auth: { user, pass: password } } : {}),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: 2 * TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from: { name: message.from, address: from },
      to,
      subject: message.title,
      text: textOf(message),
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  } catch (error) {
    throw explained(error as Error & { code?: string; responseCode?: number });
  } finally {
    transport.close();
  }
}

function explained({ code, responseCode }: { code?: string; responseCode?: number }): NotSent {
  if (code === 'EAUTH') return new NotSent('邮箱的账号或密码不对；有的邮箱要用「授权码」代替密码');
  if (code === 'ETLS' || code === 'ESOCKET')
    return new NotSent('和邮件服务器的加密连接没有建成：端口和加密方式要对得上');
  if (code === 'EENVELOPE' && responseCode && responseCode >= 500)
    return new NotSent(`邮件服务器不收这个发件人或收件人（${responseCode}）`, { isFinal: true });
  if (code === 'ETIMEDOUT' || code === 'ECONNECTION') return new NotSent('连不上邮件服务器');
  return new NotSent(`邮件服务器没有收下${responseCode ? `（${responseCode}）` : ''}`);
}
