import type { RowOutcome } from './results.ts';

/** What XML 1.0 has no way to write, not even escaped. */
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** The outcomes of a sheet as CI servers read them: a test case for each row, failed if it has no film. */
export function junitReport(sheet: string, outcomes: readonly RowOutcome[]): string {
  const failed = outcomes.filter(({ file }) => file === null);
  const refused = failed.filter(({ state }) => state === 'refused');
  const time = outcomes.reduce((sum, { duration }) => sum + (duration ?? 0), 0);
  const counts = `tests="${outcomes.length}" failures="${failed.length - refused.length}" errors="${refused.length}" time="${time.toFixed(3)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${escaped(sheet)}" ${counts}>`,
    ...outcomes.map((outcome) => testCase(sheet, outcome)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(sheet: string, { row, key, state, file, errorCode, error, duration, warnings }: RowOutcome): string {
  const name = `row ${row}${key === null ? '' : ` ${key}`}`;
  const head = `    <testcase classname="${escaped(sheet)}" name="${escaped(name)}" time="${(duration ?? 0).toFixed(3)}">`;
  const message = escaped(error ?? state);
  const fault = state === 'refused' ? 'error' : 'failure';
  const problem =
    file === null
      ? [`      <${fault} type="${escaped(errorCode ?? state)}" message="${message}">${message}</${fault}>`]
      : [];
  const output = [...(file === null ? [] : [file]), ...warnings].join('\n');
  const out = output === '' ? [] : [`      <system-out>${escaped(output)}</system-out>`];
  return [head, ...problem, ...out, '    </testcase>'].join('\n');
}

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(UNWRITABLE, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;')
    .replaceAll('\t', '&#9;');
}
