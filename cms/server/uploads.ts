/** Whether an uploaded file is what its name says and cannot run anything. */

const text = (bytes: Uint8Array, start: number, end: number) =>
  String.fromCharCode(...bytes.subarray(start, end));

const ZIP = (bytes: Uint8Array) => text(bytes, 0, 4) === 'PK\x03\x04';
const JPEG = (bytes: Uint8Array) => text(bytes, 0, 3) === '\xff\xd8\xff';
const isoMedia = (brands: RegExp) => (bytes: Uint8Array) =>
  text(bytes, 4, 8) === 'ftyp' && brands.test(text(bytes, 8, 32));

/** How files of each kind begin: https://en.wikipedia.org/wiki/List_of_file_signatures */
const SIGNATURES: Record<string, (bytes: Uint8Array) => boolean> = {
  jpg: JPEG,
  jpeg: JPEG,
  png: (bytes) => text(bytes, 0, 8) === '\x89PNG\r\n\x1a\n',
  gif: (bytes) => /^GIF8[79]a/.test(text(bytes, 0, 6)),
  webp: (bytes) => text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 12) === 'WEBP',
  avif: isoMedia(/avif|avis/),
  mp4: isoMedia(/isom|iso\d|mp4\d|avc1|M4V /),
  mp3: (bytes) => text(bytes, 0, 3) === 'ID3' || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0),
  pdf: (bytes) => text(bytes, 0, 5) === '%PDF-',
  docx: ZIP,
  xlsx: ZIP,
  zip: ZIP,
};

/** What an SVG may not hold: anything that runs, or loads from elsewhere. */
const ACTIVE_SVG =
  /<(?:[\w-]+:)?(?:script|foreignObject|iframe|object|embed|handler|animate[^>]*attributeName\s*=\s*["']?(?:xlink:)?href)\b|\son[a-z]+\s*=|javascript:|<!ENTITY|<\?xml-stylesheet|@import|(?:href|src)\s*=\s*["']\s*(?!#|data:image\/(?:png|jpeg|webp))[^"'\s]|url\(\s*["']?(?!#)[^"')\s]/i;

/** Why an upload is refused, a Chinese sentence; undefined when it is fine. */
export function uploadProblem(extension: string, bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return '文件是空的，请重新选择';
  if (extension === 'svg') {
    const source = new TextDecoder().decode(bytes);
    if (!/<svg[\s>]/i.test(source)) return '这个文件不是 SVG 图，请检查';
    return ACTIVE_SVG.test(source) ? '这个 SVG 里有脚本或外部链接，不能上传；请另存为 PNG 再传' : undefined;
  }
  return SIGNATURES[extension]?.(bytes)
    ? undefined
    : `文件内容和扩展名「.${extension}」不符，请用原来的程序重新保存`;
}
