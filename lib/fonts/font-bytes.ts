import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { isPacked } from './folders.ts';

/** A whole font file, unpacked. */
export function fontBytes(path: string): Buffer {
  const bytes = readFileSync(path);
  return isPacked(path) ? brotliDecompressSync(bytes) : bytes;
}
