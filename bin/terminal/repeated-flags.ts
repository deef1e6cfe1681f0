/** Gathers the values of a flag that can be repeated. */
export function collect(value: string, earlier: string[] = []): string[] {
  return [...earlier, value];
}

/**
 * `--aerender ae2025=/x ae2026=/y` as `--aerender ae2025=/x --aerender ae2026=/y`. A flag that took all that follows would
 * take the command's name as well where it stands before it.
 */
export function withRepeatedFlags(args: readonly string[]): string[] {
  const result: string[] = [];
  let inVersions = false;
  for (const arg of args) {
    const isVersion = /^ae\d+=/.test(arg);
    if (isVersion && inVersions && result.at(-1) !== '--aerender') result.push('--aerender');
    result.push(arg);
    inVersions = arg === '--aerender' || (inVersions && isVersion);
  }
  return result;
}
