import { readFileSync } from 'node:fs';
import { decodeText } from '../model/decode.ts';

/** Text of a content file, in whatever encoding it was saved; empty when it is no text (the check says so). */
export const readText = (file: string): string => decodeText(readFileSync(file)).text ?? '';
