/** Colours as `#rrggbb`, and how readable one is on another (WCAG 2.2, relative luminance). */

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

const hexByte = (value: number) => Math.round(value).toString(16).padStart(2, '0');

function luminance(hex: string): number {
  const [red, green, blue] = channels(hex).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dim, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

/** `colour` mixed with `other`; `share` of the other, 0 to 1. */
export function mix(colour: string, other: string, share: number): string {
  const to = channels(other);
  const mixed = channels(colour).map((value, index) =>
    Math.round(value + ((to[index] as number) - value) * share),
  );
  return `#${mixed.map(hexByte).join('')}`;
}

/** The first shade on the way from `colour` to `end` that reaches `ratio` on `ground`; `end` if none does. */
function towards(colour: string, end: string, ground: string, ratio: number): string {
  for (let step = 0; step < 50; step++) {
    const shade = mix(colour, end, step / 50);
    if (contrast(shade, ground) >= ratio) return shade;
  }
  return end;
}

/** `colour`, darkened as little as makes it readable on a light `ground`. */
export const darker = (colour: string, ground: string, ratio: number) =>
  towards(colour, '#000000', ground, ratio);

/** `colour`, lightened as little as makes it readable on a dark `ground`; a plain mix with white would grey it. */
export function lighter(colour: string, ground: string, ratio: number): string {
  const parts = channels(colour);
  const brightest = Math.max(...parts, 1);
  const pure = `#${parts.map((value) => hexByte((value / brightest) * 255)).join('')}`;
  const tint = mix(pure, '#ffffff', 0.62);
  const shade = towards(colour, tint, ground, ratio);
  return contrast(shade, ground) >= ratio ? shade : towards(tint, '#ffffff', ground, ratio);
}
