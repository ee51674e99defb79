/** Most pixels of a picture, all frames of an animation together; more would exhaust a small machine while decoding. */
export const MAX_PIXELS = 50_000_000;
