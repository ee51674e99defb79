import type { APIRoute } from 'astro';
import { atomResponse } from '../feeds/atom.ts';
import { feed } from '../site/feed.ts';

export const GET: APIRoute = async () => atomResponse(await feed());
