/** Types whose entries have a share picture. */
export const OG_TYPES = ['articles', 'events', 'caravan', 'bases', 'campaigns'] as const;

/** Address of an entry's share picture (1200 × 630 PNG), without the base path; for `Page`'s `image`. */
export const ogAddress = (type: (typeof OG_TYPES)[number], slug: string): string => `/og/${type}/${slug}.png`;

/** Address of the picture that the older entries of a type share. */
export const sectionOgAddress = (type: (typeof OG_TYPES)[number]): string => `/og/${type}.png`;
