import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { noMeasure } from './no-measure.ts';
import { byHarm, type Verdict } from './verdict.ts';

/** More would make a page that no browser opens. */
const MOST_SHOWN = 150;

/** Writes a page with the pictures of the judge above ours, the worst first. */
export async function writePage(path: string, verdicts: readonly Verdict[]): Promise<void> {
  const shown = [
    ...verdicts.filter(({ isJudged }) => isJudged).toSorted(byHarm),
    ...verdicts.filter(({ isJudged, result }) => !isJudged && result !== 'right').toSorted(byHarm),
  ];
  const rows = shown.slice(0, MOST_SHOWN).map(row);
  const style =
    'body{font:14px sans-serif;margin:20px}section{border-top:1px solid #ccc;padding:8px 0}img{height:140px;background:#fff;border:1px solid #ddd;margin:2px}p{margin:2px 0}.wrong,.failed{color:#b00}';
  await writeFile(
    path,
    `<!doctype html><meta charset="utf-8"><title>bench:pixels</title><style>${style}</style><h1>The judge above, ours below: the worst first</h1>${rows.join('')}`,
  );
}

function row({ id, judge, result, distance, failure, warnings, pictures }: Verdict): string {
  const numbers = `mean ${distance.mean.toFixed(2)}, differing ${distance.differing.toFixed(2)} %, off ${distance.off.toFixed(2)} %`;
  const reason = noMeasure(id);
  const excuse = judge === 'lottie-web' && reason !== null ? ` <i>no measure: ${escaped(reason)}</i>` : '';
  const said = failure === null ? warnings.map(escaped) : [escaped(failure)];
  return `<section><b class="${result}">${result}</b> <b>${escaped(id)}</b> (${judge}) ${numbers}${excuse}${said.map((line) => `<p>${line}</p>`).join('')}<div>${images(pictures.map(({ reference }) => reference))}</div><div>${failure === null ? images(pictures.map(({ drawn }) => drawn)) : ''}</div></section>`;
}

function images(paths: readonly string[]): string {
  return paths.map((path) => `<img src="data:image/png;base64,${readFileSync(path).toString('base64')}">`).join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
