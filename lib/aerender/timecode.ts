/**
 * Counts the frames of a duration as After Effects displays it, by the project's style: `H:MM:SS:FF`, drop-frame with
 * `;`, feet and frames (`0000+00`, 16 frames a foot), or a bare number of frames. Null where it is none of these.
 */
export function framesOfTimecode(timecode: string, frameRate: number | null): number | null {
  if (/^\d+$/.test(timecode)) return Number(timecode);
  const feet = /^(\d+)\+(\d{1,2})$/.exec(timecode);
  if (feet !== null) return Number(feet[1]) * 16 + Number(feet[2]);
  const parts = /^(\d+)[:;](\d{2})[:;](\d{2})[:;](\d{2,3})$/.exec(timecode);
  if (parts === null || frameRate === null) return null;
  const [hours, minutes, seconds, frames] = parts.slice(1).map(Number) as [number, number, number, number];
  const perSecond = Math.round(frameRate);
  const totalMinutes = hours * 60 + minutes;
  const counted = (totalMinutes * 60 + seconds) * perSecond + frames;
  return timecode.includes(';') ? counted - dropped(totalMinutes, perSecond) : counted;
}

/** Drop-frame timecode leaves out the first numbers of every minute but each tenth: two of 30, four of 60. */
function dropped(totalMinutes: number, perSecond: number): number {
  return Math.round(perSecond / 15) * (totalMinutes - Math.floor(totalMinutes / 10));
}
