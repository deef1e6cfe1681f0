import { namesOf, type RowOutcome } from './results.ts';

/** What XML 1.0 has no way to write, not even escaped. */
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/**
 * Outcomes as CI servers read them: a test case for each row or job, failed if it has no film, skipped if its job was not
 * reached. `title`: what they are of, such as the name of the sheet.
 */
export function junitReport(title: string, outcomes: readonly RowOutcome[]): string {
  const count = (...kinds: ReturnType<typeof kindOf>[]) =>
    outcomes.filter((outcome) => kinds.includes(kindOf(outcome))).length;
  const time = outcomes.reduce((sum, { duration }) => sum + (duration ?? 0), 0);
  const counts = `tests="${outcomes.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" time="${time.toFixed(3)}"`;
  const nameOf = namesOf(outcomes);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${escaped(title)}" ${counts}>`,
    ...outcomes.map((outcome) => testCase(title, nameOf(outcome), outcome)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

/** The element that says what is wrong with a test case; null if nothing is. */
function kindOf({ state, file }: RowOutcome): 'failure' | 'error' | 'skipped' | null {
  if (state === 'waiting') return 'skipped';
  if (state === 'refused') return 'error';
  return file === null ? 'failure' : null;
}

function testCase(title: string, name: string, outcome: RowOutcome): string {
  const { key, state, file, errorCode, error, duration, warnings } = outcome;
  const whole = `${name}${key === null ? '' : ` ${key}`}`;
  const head = `    <testcase classname="${escaped(title)}" name="${escaped(whole)}" time="${(duration ?? 0).toFixed(3)}">`;
  const message = escaped(error ?? state);
  const kind = kindOf(outcome);
  const problem =
    kind === null
      ? []
      : kind === 'skipped'
        ? [`      <skipped message="${message}"/>`]
        : [`      <${kind} type="${escaped(errorCode ?? state)}" message="${message}">${message}</${kind}>`];
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
