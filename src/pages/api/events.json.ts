import type { APIRoute } from 'astro';
import { jsonResponse, openFile } from '../../open-data/open-data.ts';

export const GET: APIRoute = async () => jsonResponse(await openFile('events'));
