import { open as openFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { open } from 'fontkit';
import { EngineError } from '../errors.ts';
import type { FontFace } from './font.ts';

/**
 * Reads the faces of a TrueType or OpenType font; a collection has several. Throws `FONT_INVALID` if it is
 * neither. The first bytes tell what it is, since Adobe's own fonts have names without an extension.
 */
export async function readFontFaces(path: string): Promise<FontFace[]> {
  await refuseOtherFiles(path);
  try {
    const font = await open(path);
    const faces = 'fonts' in font ? font.fonts : [font];
    return faces.map(({ postscriptName, familyName, subfamilyName }) => {
      const family = familyName || basename(path);
      return { path, postScriptName: postscriptName || family, family, style: subfamilyName || 'Regular' };
    });
  } catch (cause) {
    throw invalid(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** The first four bytes of a font, in Latin-1. Source: the OpenType specification, "Organization of an OpenType font". */
const SIGNATURES: ReadonlySet<string> = new Set(['\u0000\u0001\u0000\u0000', 'OTTO', 'true', 'ttcf']);
const WEB_FONT = /^wOF[F2]$/;

/** fontkit reads other forms of fonts as well, but neither After Effects nor the bundled renderer accepts them. */
async function refuseOtherFiles(path: string): Promise<void> {
  const signature = await firstBytes(path);
  if (SIGNATURES.has(signature)) return;
  throw invalid(
    path,
    WEB_FONT.test(signature)
      ? 'it is a web font (WOFF); take the .ttf or .otf that it was made of'
      : 'it is neither a TrueType nor an OpenType font',
  );
}

async function firstBytes(path: string): Promise<string> {
  try {
    // Checked before it is opened: opening a named pipe waits for a writer, for ever.
    if (!(await stat(path)).isFile()) throw new Error('it is not a file');
    await using file = await openFile(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } catch (cause) {
    throw invalid(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function invalid(path: string, reason: string, cause?: unknown): EngineError {
  return new EngineError('FONT_INVALID', `The font ${path} cannot be used: ${reason}.`, { cause });
}
