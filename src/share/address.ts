/** Types whose entries have a share picture. */
export const OG_TYPES = ['articles', 'events', 'caravan', 'bases', 'campaigns'] as const;
export type OgType = (typeof OG_TYPES)[number];

/** Address of an entry's share picture (1200 × 630 PNG), without the base path; for `Page`'s `image`. */
export const ogAddress = (type: OgType, slug: string): string => `/og/${type}/${slug}.png`;

/** Address of the picture that the older entries of a type share. */
export const sectionOgAddress = (type: OgType): string => `/og/${type}.png`;
