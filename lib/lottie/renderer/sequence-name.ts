/** The name of one picture: `[####]` stands for the frame's number, with at least as many digits. */
export function sequenceName(pattern: string, frame: number): string {
  return pattern.replace(/\[(#+)\]/, (_, places: string) => String(frame).padStart(places.length, '0'));
}
