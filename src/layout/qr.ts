import { encode } from 'uqr';

export interface QrCode {
  /** Modules on a side, quiet zone of four modules included. */
  size: number;
  /** SVG path of the dark modules in a `size` × `size` view box. */
  path: string;
}

/** QR code of an address; error correction M, which print on a notice board survives. ISO/IEC 18004. */
export function qrCode(text: string): QrCode {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  let path = '';
  for (const [y, row] of data.entries())
    for (let x = 0; x < size; x++) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x++;
      const length = x - from + 1;
      path += `M${from} ${y}h${length}v1h-${length}z`;
    }
  return { size, path };
}
