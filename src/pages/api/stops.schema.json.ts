import type { APIRoute } from 'astro';
import { jsonResponse, openSchema } from '../../feeds/open-data.ts';

export const GET: APIRoute = () => jsonResponse(openSchema('stops'));
