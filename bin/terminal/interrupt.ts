/** Calls `first` on the first Ctrl-C and `second` on the next one; the answer takes the listener away again. */
export function onInterrupt({ first, second }: { first: () => void; second: () => void }): () => void {
  let pressed = 0;
  const listener = () => {
    pressed += 1;
    if (pressed === 1) first();
    else if (pressed === 2) second();
  };
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  return () => {
    process.off('SIGINT', listener);
    process.off('SIGTERM', listener);
  };
}
