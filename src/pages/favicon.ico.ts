import type { APIRoute } from 'astro';
import { favicon } from '../site/icons.ts';

/** For programs that ask for it without looking at the page. */
export const GET: APIRoute = async () =>
  new Response(new Uint8Array(await favicon()), { headers: { 'Content-Type': 'image/x-icon' } });
