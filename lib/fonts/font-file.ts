import { basename } from 'node:path';
import { create } from 'fontkit';
import { EngineError } from '../errors.ts';
import { MOST_BYTES, readRegularFile } from '../regular-file.ts';
import type { FontFace } from './font.ts';

/**
 * Reads the faces of a TrueType or OpenType font; a collection has several. Throws `FONT_INVALID` if it is
 * neither. The first bytes tell what it is, since Adobe's own fonts have names without an extension.
 */
export async function readFontFaces(path: string): Promise<FontFace[]> {
  try {
    const bytes = await readRegularFile(path, { maxBytes: MOST_BYTES.font });
    refuseOtherContent(bytes);
    const font = create(bytes);
    const faces = 'fonts' in font ? font.fonts : [font];
    return faces.map(({ postscriptName, familyName, subfamilyName }) => {
      const family = familyName || basename(path);
      return { path, postScriptName: postscriptName || family, family, style: subfamilyName || 'Regular' };
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EngineError('FONT_INVALID', `The font ${path} cannot be used: ${reason}.`, { cause });
  }
}

/** The first four bytes of a font, in Latin-1. Source: the OpenType specification, "Organization of an OpenType font". */
const SIGNATURES: ReadonlySet<string> = new Set(['\u0000\u0001\u0000\u0000', 'OTTO', 'true', 'ttcf']);
const WEB_FONT = /^wOF[F2]$/;

/** The largest collections that are published have some 300 faces; each one costs time to read, also a repeated one. */
const MOST_FACES = 1_000;

/** fontkit reads other forms of fonts as well, but neither After Effects nor the bundled renderer accepts them. */
function refuseOtherContent(bytes: Buffer): void {
  const signature = bytes.toString('latin1', 0, 4);
  if (WEB_FONT.test(signature)) throw new Error('it is a web font (WOFF); take the .ttf or .otf that it was made of');
  if (!SIGNATURES.has(signature)) throw new Error('it is neither a TrueType nor an OpenType font');
  // The number of faces of a collection. Source: the OpenType specification, "TTC Header".
  const faces = signature === 'ttcf' && bytes.length >= 12 ? bytes.readUInt32BE(8) : 1;
  if (faces > MOST_FACES) throw new Error(`it is a collection of ${faces} faces, and ${MOST_FACES} are allowed`);
}
