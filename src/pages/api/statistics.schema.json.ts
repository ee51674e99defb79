import type { APIRoute } from 'astro';
import { jsonResponse } from '../../open-data/files.ts';
import { yearJsonSchema } from '../../statistics/downloads/json.ts';

export const GET: APIRoute = () => jsonResponse(yearJsonSchema());
