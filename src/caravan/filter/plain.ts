/** Text as it is compared: full-width and half-width, capitals and spaces make no difference. */
export const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
