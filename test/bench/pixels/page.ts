import { writeFile } from 'node:fs/promises';
import { findCodec } from '../../../lib/contract/formats.ts';
import { encodeImage } from '../../../lib/media/encode-image.ts';
import { noMeasure } from './no-measure.ts';
import { onWhite, readPicture, shrunk } from './picture.ts';
import { byHarm, type Verdict } from './verdict.ts';

/** More would make a page that nobody looks through. */
const MOST_SHOWN = 150;
/** Twice as high as the page shows them, for dense screens. In full they are 150 MB, which no browser opens. */
const HEIGHT = 280;
const JPEG = findCodec('image_jpeg');

/** Writes a page with the pictures of the judge above ours, small, the worst first. */
export async function writePage(path: string, verdicts: readonly Verdict[]): Promise<void> {
  const shown = [
    ...verdicts.filter(({ isJudged }) => isJudged).toSorted(byHarm),
    ...verdicts.filter(({ isJudged, result }) => !isJudged && result !== 'right').toSorted(byHarm),
  ];
  const rows: string[] = [];
  for (const verdict of shown.slice(0, MOST_SHOWN)) rows.push(await row(verdict));
  const style =
    'body{font:14px sans-serif;margin:20px}section{border-top:1px solid #ccc;padding:8px 0}img{height:140px;background:#fff;border:1px solid #ddd;margin:2px}p{margin:2px 0}.wrong,.failed{color:#b00}';
  await writeFile(
    path,
    `<!doctype html><meta charset="utf-8"><title>bench:pixels</title><style>${style}</style><h1>The judge above, ours below: the worst first</h1>${rows.join('')}`,
  );
}

async function row({ id, judge, result, distance, failure, warnings, pictures }: Verdict): Promise<string> {
  const numbers = `mean ${distance.mean.toFixed(2)}, differing ${distance.differing.toFixed(2)} %, off ${distance.off.toFixed(2)} %`;
  const reason = noMeasure(id);
  const excuse = judge === 'lottie-web' && reason !== null ? ` <i>no measure: ${escaped(reason)}</i>` : '';
  const said = failure === null ? warnings.map(escaped) : [escaped(failure)];
  const references = await images(pictures.map(({ reference }) => reference));
  const drawn = failure === null ? await images(pictures.map(({ drawn }) => drawn)) : '';
  return `<section><b class="${result}">${result}</b> <b>${escaped(id)}</b> (${judge}) ${numbers}${excuse}${said.map((line) => `<p>${line}</p>`).join('')}<div>${references}</div><div>${drawn}</div></section>`;
}

async function images(paths: readonly string[]): Promise<string> {
  if (JPEG === undefined) throw new Error('There is no codec image_jpeg.');
  const tags: string[] = [];
  for (const path of paths) {
    const picture = shrunk(onWhite(await readPicture(path)), HEIGHT);
    const bytes = await encodeImage(JPEG, picture, Buffer.from(picture.pixels));
    tags.push(`<img src="data:image/jpeg;base64,${bytes.toString('base64')}">`);
  }
  return tags.join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
