/** Cutting a list into pages. Page numbers start at 1. */

export interface ListPage<Item> {
  items: Item[];
  page: number;
  pages: number;
}

/** All pages of a list, at least one; for `getStaticPaths` with `[...page].astro`. */
export function pagesOf<Item>(items: readonly Item[], size: number): ListPage<Item>[] {
  const pages = Math.max(1, Math.ceil(items.length / size));
  return Array.from({ length: pages }, (_, index) => ({
    items: items.slice(index * size, (index + 1) * size),
    page: index + 1,
    pages,
  }));
}

/** Address of a page of the list at `list`: the first is the list itself, the others `<list>page/2/`. */
export const pageAddress = (list: string, page: number): string =>
  page === 1 ? list : `${list}page/${page}/`;

/** The numbers to show: first, last, the present one with its neighbours; 0 stands for a gap. */
export function pageNumbers(page: number, pages: number): number[] {
  const shown = new Set(
    [1, page - 1, page, page + 1, pages].filter((number) => number >= 1 && number <= pages),
  );
  const numbers: number[] = [];
  for (const number of [...shown].sort((a, b) => a - b)) {
    const last = numbers.at(-1) ?? 0;
    if (number === last + 2) numbers.push(last + 1);
    else if (number > last + 1) numbers.push(0);
    numbers.push(number);
  }
  return numbers;
}
