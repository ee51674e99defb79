import { createHmac } from 'node:crypto';
import { NotSent, type OutgoingRules, postJson } from './outgoing.ts';
import type { RobotKind, RobotSettings } from './settings.ts';
import type { Message } from './wording.ts';

/**
 * Robots of group chats, as their makers describe them:
 * https://developer.work.weixin.qq.com/document/path/91770,
 * https://open.dingtalk.com/document/robots/custom-robot-access,
 * https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
 */

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64');

/** Characters that Markdown would take as its own, in names of people. */
const plain = (text: string) => text.replace(/[\\`*_[\]()<>#]/g, ' ');

interface Call {
  url: string;
  body: unknown;
}

const withWord = ({ title, lines }: Message, { keyword }: RobotSettings) => {
  const has = !keyword || [title, ...lines.map(({ text }) => text)].some((text) => text.includes(keyword));
  return has ? title : `${title}（${keyword}）`;
};

const markdown = (message: Message, settings: RobotSettings): string =>
  [
    `**${plain(withWord(message, settings))}**`,
    ...message.lines.map(({ text, link }) =>
      link ? `- ${plain(text)} [打开](${link})` : `- ${plain(text)}`,
    ),
    ...(message.end ? [plain(message.end)] : []),
  ].join('\n\n');

const CALLS: Record<RobotKind, (message: Message, settings: RobotSettings, now: Date) => Call> = {
  wecom: (message, settings) => ({
    url: settings.url,
    body: { msgtype: 'markdown', markdown: { content: markdown(message, settings) } },
  }),
  dingtalk(message, settings, now) {
    const url = new URL(settings.url);
    if (settings.secret) {
      const timestamp = String(now.getTime());
      url.searchParams.set('timestamp', timestamp);
      url.searchParams.set('sign', hmac(settings.secret, `${timestamp}\n${settings.secret}`));
    }
    const title = plain(withWord(message, settings));
    return {
      url: url.href,
      body: { msgtype: 'markdown', markdown: { title, text: markdown(message, settings) } },
    };
  },
  feishu(message, settings, now) {
    const timestamp = String(Math.floor(now.getTime() / 1000));
    const lines = message.lines.map(({ text, link }) => [
      { tag: 'text', text: `${text} ` },
      ...(link ? [{ tag: 'a', text: '打开', href: link }] : []),
    ]);
    const content = [...lines, ...(message.end ? [[{ tag: 'text', text: message.end }]] : [])];
    return {
      url: settings.url,
      body: {
        // The text to be signed is the key, and what is signed is empty.
        ...(settings.secret ? { timestamp, sign: hmac(`${timestamp}\n${settings.secret}`, '') } : {}),
        msg_type: 'post',
        content: { post: { zh_cn: { title: withWord(message, settings), content } } },
      },
    };
  },
};

/** What the codes mean that an administrator can do something about. */
const CODES: Record<string, string> = {
  '310000': '机器人的安全设置不对：关键词、加签或 IP 对不上，请核对',
  '300001': '机器人的地址不对，请重新复制',
  '93000': '机器人的地址不对，可能已经从群里删除',
  '40035': '机器人不收这样的消息',
  '19021': '机器人的签名不对，请核对「加签密钥」；服务器的时间也要准',
  '19022': '机器人限定了 IP，请把这台机器的 IP 加进去',
  '19024': '机器人设了关键词，消息里没有，请把关键词填在这里',
  '45009': '发得太快，过一会儿再发',
  '130101': '发得太快，过一会儿再发',
  '11232': '发得太快，过一会儿再发',
};

/**
 * Sends a message to a robot.
 *
 * @throws {NotSent}
 */
export async function sendToRobot(
  kind: RobotKind,
  settings: RobotSettings,
  message: Message,
  { rules, now }: { rules: OutgoingRules; now: () => Date },
): Promise<void> {
  const { url, body } = CALLS[kind](message, settings, now());
  const answer = await postJson(url, body, rules);
  const code = answer.errcode ?? answer.code ?? answer.StatusCode;
  if (code === 0) return;
  throw new NotSent(
    CODES[String(code)] ?? `机器人没有收下（${String(code ?? '没有说为什么').slice(0, 20)}）`,
  );
}
