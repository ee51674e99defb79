declare module 'wawoff2' {
  /** WOFF2 → TrueType. */
  const woff2: { decompress(buffer: Uint8Array): Promise<Uint8Array> };
  export default woff2;
}
