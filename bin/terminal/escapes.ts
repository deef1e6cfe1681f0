/** Whether the stream is a terminal whose cursor can be moved, so that lines can be drawn over. */
export function canRedraw(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): boolean {
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** Whether the stream shows colours: a terminal, unless `NO_COLOR` is set (no-color.org). */
export function showsColors(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv = process.env): boolean {
  return canRedraw(stream, env) && !env.NO_COLOR;
}
