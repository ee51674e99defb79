import type { APIRoute } from 'astro';
import { yearJson } from '../../../statistics/downloads/json.ts';
import { figuresOfYear, statisticYears } from '../../../statistics/queries.ts';

export async function getStaticPaths() {
  return (await statisticYears()).map((year) => ({ params: { year: String(year) } }));
}

/** A year's figures as open data. */
export const GET: APIRoute = async ({ params }) => {
  const year = Number(params.year);
  return new Response(yearJson(year, await figuresOfYear(year)), {
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Access-Control-Allow-Origin': '*' },
  });
};
