import type { Context } from 'hono';
import { contentType } from '../../../content-type.ts';

/** Answers with a file to be saved; its name says what it is. */
export function download(context: Context, content: Uint8Array | string, name: string) {
  context.header('Content-Type', contentType(name));
  context.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  context.header('Cache-Control', 'no-store');
  context.header('X-Content-Type-Options', 'nosniff');
  return context.body(typeof content === 'string' ? content : new Uint8Array(content));
}
