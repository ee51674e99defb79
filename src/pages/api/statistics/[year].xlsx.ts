import type { APIRoute } from 'astro';
import { itemOf } from '../../../queries/index.ts';
import { yearWorkbook } from '../../../statistics/downloads/workbook.ts';
import { addressOfPart, figuresOfYear, statisticYears } from '../../../statistics/queries.ts';
import { townships } from '../../../types/townships.ts';
import { absolute } from '../../../ui/address.ts';

export async function getStaticPaths() {
  return (await statisticYears()).map((year) => ({ params: { year: String(year) } }));
}

/** A year's figures as a workbook. */
export const GET: APIRoute = async ({ params }) => {
  const year = Number(params.year);
  const workbook = await yearWorkbook(year, await figuresOfYear(year), {
    townshipName: (id) => itemOf(townships, id)?.name,
    addressOf: (part) => {
      const address = addressOfPart(part);
      return address === undefined ? undefined : absolute(address);
    },
  });
  return new Response(workbook, {
    headers: {
      'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    },
  });
};
