import type { APIRoute } from 'astro';
import { csvOf, FIGURE_COLUMNS } from '../../../statistics/downloads/sheets.ts';
import { figuresOfYear, statisticYears } from '../../../statistics/queries.ts';

export async function getStaticPaths() {
  return (await statisticYears()).map((year) => ({ params: { year: String(year) } }));
}

/** A year's figures as CSV. */
export const GET: APIRoute = async ({ params }) =>
  new Response(csvOf(FIGURE_COLUMNS, await figuresOfYear(Number(params.year))), {
    headers: { 'Content-Type': 'text/csv; charset=utf-8' },
  });
