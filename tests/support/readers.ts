import { connect } from 'node:net';

/** Readers with sockets of their own, who may go away at any moment; `fetch` would read everything to its end. */

export type Leaving = 'never' | 'after the last byte' | 'midway';

export interface Visit {
  /** Status of the answer; 0 when none came. */
  status: number;
  /** Milliseconds until the reader was done. */
  took: number;
}

/** Asks for one address over a new connection. */
export function visit(url: URL, path: string, leaving: Leaving): Promise<Visit> {
  const began = performance.now();
  return new Promise((resolve) => {
    let head = '';
    let status = 0;
    let missing = Number.POSITIVE_INFINITY;
    const ending = leaving === 'never' ? 'close' : 'keep-alive';
    const socket = connect(Number(url.port), url.hostname, () =>
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: ${url.host}\r\nAccept-Encoding: gzip\r\nConnection: ${ending}\r\n\r\n`,
      ),
    );
    socket.on('data', (chunk: Buffer) => {
      if (status === 0) {
        head += chunk.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0);
        const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? Number.NaN);
        missing = Number.isNaN(length) ? Number.POSITIVE_INFINITY : length - (head.length - end - 4);
      } else missing -= chunk.length;
      if (leaving === 'midway' || (leaving === 'after the last byte' && missing <= 0)) socket.destroy();
      // An answer in chunks says itself where it ends.
      else if (chunk.toString('latin1').endsWith('0\r\n\r\n')) socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve({ status, took: performance.now() - began }));
  });
}
