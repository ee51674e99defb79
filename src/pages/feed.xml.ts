import type { APIRoute } from 'astro';
import { atomResponse } from '../feeds/atom.ts';
import { feed } from '../feeds/feed.ts';

export const GET: APIRoute = async () => atomResponse(await feed());
