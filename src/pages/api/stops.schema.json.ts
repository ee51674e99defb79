import type { APIRoute } from 'astro';
import { jsonResponse, openSchema } from '../../open-data/open-data.ts';

export const GET: APIRoute = () => jsonResponse(openSchema('stops'));
