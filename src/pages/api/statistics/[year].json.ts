import type { APIRoute } from 'astro';
import { figuresOfYear, statisticYears, yearJson } from '../../../statistics/queries.ts';

export async function getStaticPaths() {
  return (await statisticYears()).map((year) => ({ params: { year: String(year) } }));
}

/** A year's figures as open data. */
export const GET: APIRoute = async ({ params }) => {
  const year = Number(params.year);
  return Response.json(yearJson(year, await figuresOfYear(year)));
};
