import type { APIRoute } from 'astro';
import { atom } from '../feeds/atom.ts';
import { feed } from '../feeds/feed.ts';

export const GET: APIRoute = async () =>
  new Response(atom(await feed()), { headers: { 'Content-Type': 'application/atom+xml; charset=utf-8' } });
