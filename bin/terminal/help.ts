/** The examples at the end of a command's help. */
export function examples(...calls: string[]): string {
  return `\nExamples:\n${calls.map((call) => `  aerender-batch ${call}`).join('\n')}`;
}
