import type { APIRoute } from 'astro';
import { jsonResponse, openFileNamed, openFilePaths, openSchema } from '../../open-data/files.ts';

export const getStaticPaths = openFilePaths;

export const GET: APIRoute<{ name: string }> = ({ props }) =>
  jsonResponse(openSchema(openFileNamed(props.name)));
