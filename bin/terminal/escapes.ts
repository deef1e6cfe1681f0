/** Escape codes go to a terminal only, and to none where `NO_COLOR` is set (no-color.org) or it is a dumb one. */
export function escapesAllowed(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}
