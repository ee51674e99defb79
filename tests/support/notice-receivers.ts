import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { OutgoingRules } from '../../cms/server/services/notices/index.ts';

/** Receivers of notices on this machine: a mail server that speaks SMTP (RFC 5321), and a robot's HTTP address. */

/** This machine may be connected to without encryption: for tests only. */
export const LOOPBACK: OutgoingRules = {
  mayConnect: (address) => address === '127.0.0.1',
  resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  isPlainAllowed: true,
};

export interface ReceivedMail {
  from: string;
  to: string;
  /** As it came, headers and body, base64 and quoted-printable not decoded. */
  source: string;
}

/** A mail server; `refuse` answers the next recipients with a status. */
export async function openMailServer() {
  const mails: ReceivedMail[] = [];
  let refusal: number | undefined;
  const server = createServer((socket) => talk(socket));
  function talk(socket: Socket): void {
    let mail = { from: '', to: '', source: '' };
    let isData = false;
    let rest = '';
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 test ready');
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      rest += chunk.toString();
      for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (isData && line === '.') {
          isData = false;
          mails.push(mail);
          mail = { from: '', to: '', source: '' };
          say('250 taken');
        } else if (isData) mail.source += `${line}\n`;
        else command(line);
      }
    });
    function command(line: string): void {
      const [, word = ''] = /^(\w+)/.exec(line.toUpperCase()) ?? [];
      const [, address = ''] = /<([^>]*)>/.exec(line) ?? [];
      if (word === 'EHLO') say('250-test\r\n250 AUTH PLAIN');
      else if (word === 'MAIL') mail.from = address;
      else if (word === 'RCPT') mail.to = address;
      if (word === 'AUTH') return void say('235 ok');
      if (word === 'RCPT' && refusal) return void say(`${refusal} no`);
      if (word === 'QUIT') return void socket.end('221 bye\r\n');
      if (word === 'DATA') {
        isData = true;
        return void say('354 go on');
      }
      if (word !== 'EHLO') say('250 ok');
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    refuse(status: number | undefined): void {
      refusal = status;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

export interface RobotCall {
  url: URL;
  body: Record<string, unknown>;
}

/** The address of a robot; `answer` is what it says next. */
export async function openRobot() {
  const calls: RobotCall[] = [];
  let answer: { status: number; body: string } = { status: 200, body: '{"errcode":0}' };
  const server = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      calls.push({ url, body: JSON.parse(Buffer.concat(chunks).toString()) });
      response.writeHead(answer.status, { location: 'http://127.0.0.1:1/' }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/robot?key=secret-key`,
    calls,
    answer(body: object | string, status = 200): void {
      answer = { status, body: typeof body === 'string' ? body : JSON.stringify(body) };
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
