import type { APIRoute } from 'astro';
import { feed } from '../site/feed.ts';
import { jsonFeed } from '../feeds/json.ts';

export const GET: APIRoute = async () =>
  new Response(jsonFeed(await feed()), {
    headers: { 'Content-Type': 'application/feed+json; charset=utf-8' },
  });
