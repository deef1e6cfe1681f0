import { basename, dirname, extname, isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { namesOf, type RowOutcome } from './results.ts';

/** What a browser plays, and what it shows. */
const FILMS = new Set(['.mp4', '.m4v', '.mov', '.webm']);
const PICTURES = new Set(['.png', '.jpg', '.jpeg', '.webp', '.gif']);

/** The end of a log has what went wrong. Characters. */
const MOST_LOG = 8_000;

/** What a report is made of. */
export interface ReportParts {
  /** What the outcomes are of, such as the name of the sheet. */
  title: string;
  outcomes: readonly RowOutcome[];
  /** A small picture of each film, as a `data:` URI, by its path. */
  posters: ReadonlyMap<string, string | null>;
  /** Where the report is written: films are named by their paths from there. */
  file: string;
}

/** How a page of this library begins, by which it is known as one. */
export const REPORT_BEGIN = '<!doctype html>\n<!-- aerender-batch report -->';

/**
 * A page with every row of a sheet, or job of a batch: its poster, its film, what went wrong, its log. It is one file
 * without any script and asks no network. The posters are in it; the films stay where they are, and are played from there.
 */
export function htmlReport({ title, outcomes, posters, file }: ReportParts): string {
  const folder = dirname(resolve(file));
  const nameOf = namesOf(outcomes);
  const entries = outcomes.map((outcome, place) => ({ outcome, name: nameOf(outcome), anchor: `entry-${place + 1}` }));
  const failed = entries.filter(({ outcome }) => outcome.file === null && outcome.state !== 'waiting');
  const waiting = outcomes.filter(({ state }) => state === 'waiting').length;
  const counts = [
    `${outcomes.length - failed.length - waiting} with a film`,
    `${failed.length} without`,
    ...(waiting === 0 ? [] : [`${waiting} not reached`]),
  ].join(', ');
  const links = failed.map(({ name, anchor }) => `<a href="#${anchor}">${escaped(name)}</a>`).join(' ');
  return `${REPORT_BEGIN}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data: file: 'self'; media-src data: file: 'self'">
<title>${escaped(title)}: ${counts}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
<p>${counts}</p>
${failed.length === 0 ? '' : `<nav aria-label="Without a film">Without a film: ${links}</nav>`}
</header>
<main>
${entries.map((entry) => article(entry, { folder, posters })).join('\n')}
</main>
</body>
</html>
`;
}

interface Entry {
  outcome: RowOutcome;
  /** `row 17` */
  name: string;
  anchor: string;
}

function article({ outcome, name, anchor }: Entry, place: { folder: string; posters: ReportParts['posters'] }): string {
  const { key, state, file, errorCode, error, duration, warnings, log } = outcome;
  const title = `${escaped(capitalised(name))}${key === null ? '' : ` <small>${escaped(key)}</small>`}`;
  const seconds = duration === null ? '' : `, ${duration.toFixed(1)} s`;
  const code = errorCode === null ? '' : ` <code>${escaped(errorCode)}</code>`;
  return [
    `<article id="${anchor}" class="${state}">`,
    file === null ? '<div class="none" aria-hidden="true">no film</div>' : filmOf(file, name, place),
    `<div><h2>${title}</h2>`,
    `<p><strong class="state">${state}</strong>${seconds}</p>`,
    ...(file === null ? [] : [`<p><a href="${urlFrom(place.folder, file)}">${escaped(basename(file))}</a></p>`]),
    ...(error === null ? [] : [`<p class="error">${escaped(error)}${code}</p>`]),
    ...(warnings.length === 0
      ? []
      : [`<ul>${warnings.map((warning) => `<li>${escaped(warning)}</li>`).join('')}</ul>`]),
    ...(log === null || log === ''
      ? []
      : [`<details><summary>Log</summary><pre tabindex="0">${escaped(endOf(log))}</pre></details>`]),
    '</div></article>',
  ].join('\n');
}

function filmOf(
  file: string,
  name: string,
  { folder, posters }: { folder: string; posters: ReportParts['posters'] },
): string {
  const url = urlFrom(folder, file);
  const poster = posters.get(file) ?? null;
  const extension = extname(file).toLowerCase();
  if (FILMS.has(extension)) {
    // Without a poster, the browser shows a moment of the film.
    const shown = poster === null ? 'preload="metadata"' : `preload="none" poster="${poster}"`;
    return `<video controls ${shown} src="${url}${poster === null ? '#t=1' : ''}" aria-label="The film of ${escaped(name)}"></video>`;
  }
  if (poster === null && !PICTURES.has(extension)) return '<div class="none" aria-hidden="true">no picture</div>';
  return `<a href="${url}"><img loading="lazy" src="${poster ?? url}" alt="The picture of ${escaped(name)}"></a>`;
}

/** The name of a sheet keeps its letters. */
function capitalised(name: string): string {
  return name.replace(/^(row|job|batch)\b/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
}

/** The path from the report, as a URL; a whole one if the file is on another drive. */
function urlFrom(folder: string, file: string): string {
  const path = relative(folder, file);
  return escaped(isAbsolute(path) ? pathToFileURL(file).href : path.split(sep).map(encodeURIComponent).join('/'));
}

function endOf(log: string): string {
  return log.length <= MOST_LOG ? log : `…${log.slice(-MOST_LOG).toWellFormed()}`;
}

function escaped(text: string): string {
  return stripVTControlCharacters(text.toWellFormed())
    .replaceAll(/[\p{Cc}--[\t\n]]/gv, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d5d7db, #3a3d44); --quiet: light-dark(#5a5f69, #a9aeb8);
  --card: light-dark(#fff, #1e2025); --bad: light-dark(#b3261e, #ff8a80); --good: light-dark(#1a6b34, #7ddc9a); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 70rem; font: 1rem/1.5 system-ui, sans-serif;
  background: light-dark(#f4f5f7, #131417); color: light-dark(#1b1d21, #eceef2); }
h1 { margin: 0; font-size: 1.6rem; overflow-wrap: anywhere; }
h2 { margin: 0; font-size: 1.1rem; overflow-wrap: anywhere; }
small, header p { color: var(--quiet); font-weight: normal; }
p { margin: .25rem 0; overflow-wrap: anywhere; }
nav { margin: .5rem 0; line-height: 2; }
nav a { padding: .1rem .5rem; border: 1px solid var(--line); border-radius: .4rem; white-space: nowrap; }
a { color: light-dark(#0b57d0, #a8c7fa); }
a:focus-visible, summary:focus-visible, video:focus-visible, pre:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
article { display: grid; grid-template-columns: minmax(0, 20rem) minmax(0, 1fr); gap: 1rem; margin: 1rem 0; padding: 1rem;
  background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
article > div { min-width: 0; }
article:target { outline: 3px solid currentColor; }
video, img { display: block; width: 100%; max-height: 16rem; object-fit: contain; background: #000; border-radius: .3rem; }
.none { display: grid; place-items: center; min-height: 6rem; color: var(--quiet); border: 1px dashed var(--line); border-radius: .3rem; }
.finished .state, .unchanged .state { color: var(--good); }
.error .state, .refused .state, .cancelled .state, p.error { color: var(--bad); }
ul { margin: .25rem 0; padding-left: 1.2rem; }
summary { cursor: pointer; width: fit-content; }
pre { overflow: auto; max-height: 20rem; margin: .5rem 0 0; padding: .6rem; font-size: .8rem; border: 1px solid var(--line); border-radius: .3rem; }
@media (max-width: 40rem) { article { grid-template-columns: minmax(0, 1fr); } }
@media print { details { display: none; } article { break-inside: avoid; } }
`;
