import { open } from 'node:fs/promises';
import { extname } from 'node:path';

interface Form {
  begin: Buffer;
  end: Buffer;
}

const PNG: Form = {
  begin: Buffer.from('89504e470d0a1a0a', 'hex'),
  // The empty chunk IEND, with its length and its checksum.
  end: Buffer.from('0000000049454e44ae426082', 'hex'),
};
/** The data between the two markers never holds the second one. */
const JPEG: Form = { begin: Buffer.from('ffd8', 'hex'), end: Buffer.from('ffd9', 'hex') };

const FORMS: ReadonlyMap<string, Form> = new Map([
  ['.png', PNG],
  ['.jpg', JPEG],
  ['.jpeg', JPEG],
]);

/** Some writers fill up the last bytes. */
const LAST_BYTES = 64;

/** Whether a picture begins and ends as one of its name does: one that was cut has its head, and not its end. */
export async function isWholePicture(path: string): Promise<boolean> {
  const form = FORMS.get(extname(path).toLowerCase());
  // An output module of the embedder may write others.
  if (form === undefined) return true;
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const begin = Buffer.alloc(form.begin.length);
    const end = Buffer.alloc(LAST_BYTES);
    await file.read(begin, 0, begin.length, 0);
    await file.read(end, 0, end.length, Math.max(0, size - end.length));
    return begin.equals(form.begin) && end.includes(form.end);
  } finally {
    await file.close();
  }
}
