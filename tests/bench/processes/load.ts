import { Agent, get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Asks for addresses over and over on connections that stay open, until the parent says stop: `node load.ts <connections> <requests
 * a second, 0 for as many as possible> <url>…`. Then sends how long each answer took.
 */
export interface LoadAnswer {
  /** Milliseconds of each answer, until its last byte. */
  times: number[];
  /** Answers other than 200, and broken connections. */
  errors: number;
  seconds: number;
}

const [connections = 1, rate = 0] = process.argv.slice(2, 4).map(Number);
const urls = process.argv.slice(4);
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const answer: LoadAnswer = { times: [], errors: 0, seconds: 0 };
let isOver = false;

const ask = (url: string): Promise<void> =>
  new Promise((resolve) => {
    const began = performance.now();
    const failed = () => {
      answer.errors++;
      resolve();
    };
    get(url, { agent, headers: { 'accept-encoding': 'br, gzip' } }, (response) => {
      response.on('end', () => {
        if (response.statusCode === 200) answer.times.push(performance.now() - began);
        else answer.errors++;
        resolve();
      });
      response.on('error', failed);
      response.resume();
    }).on('error', failed);
  });

/** One visitor after the other; with a rate, at even intervals however long the answers take. */
async function keepAsking(number: number): Promise<void> {
  const every = rate > 0 ? (1000 * connections) / rate : 0;
  const began = performance.now() + (every * number) / connections;
  for (let count = 0; !isOver; count++) {
    const due = began + count * every;
    if (due > performance.now()) await wait(due - performance.now());
    await ask(urls[(count + number) % urls.length] as string);
  }
}

process.once('message', () => {
  isOver = true;
});
const began = performance.now();
await Promise.all(Array.from({ length: connections }, (_, number) => keepAsking(number)));
answer.seconds = (performance.now() - began) / 1000;
process.send?.(answer);
process.disconnect?.();
