import type { APIRoute } from 'astro';
import { jsonResponse, openFile, openFileNamed, openFilePaths } from '../../open-data/files.ts';

export const getStaticPaths = openFilePaths;

export const GET: APIRoute<{ name: string }> = async ({ props }) =>
  jsonResponse(await openFile(openFileNamed(props.name)));
