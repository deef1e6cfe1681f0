import type { Chunk } from './chunks.ts';
import type { PropertyBase } from './property-group.ts';

/** A marker of a layer or a composition. */
export interface Marker extends Omit<MarkerValue, 'kind'> {
  /** Seconds of the composition. */
  time: number;
}

/** The markers that a property `ADBE Marker` has as its keyframes. */
export function readMarkers(property: PropertyBase | null): Marker[] {
  if (property?.kind !== 'property') return [];
  const markers: Marker[] = [];
  for (const { time, value } of property.keyframes) {
    if (value === null || typeof value !== 'object' || !('kind' in value) || value.kind !== 'marker') continue;
    const { kind: _kind, ...marker } = value;
    markers.push({ time, ...marker });
  }
  return markers;
}

/** As After Effects' MarkerValue. */
export interface MarkerValue {
  kind: 'marker';
  comment: string;
  chapter: string;
  url: string;
  frameTarget: string;
  cuePointName: string;
  /** Seconds. */
  duration: number;
  /** Number of the label's colour, 0 for none. */
  label: number;
  protectedRegion: boolean;
}

const PROTECTED = 0x02;

/**
 * `LIST mrst`: the property, whose keyframes are the markers' times, and in `mrky` a `LIST Nmrd` for each:
 * - `NmHd`, 20 bytes (16 before labels): flags at 3 (bit 1: protected region), the duration in uint32 at 8 over the
 *   uint32 at 12 (which is always 600), the label at 16;
 * - five `Utf8`: comment, chapter, URL, frame target, cue point; then the cue point's parameters.
 * Sources: LottieFiles/lottie-docs, docs/aep.md; py-aep (forticheprod).
 */
export function readMarkerValues(container: Chunk): MarkerValue[] {
  const markers: MarkerValue[] = [];
  for (const chunk of container.first('mrky')?.children() ?? []) {
    if (chunk.id === 'Nmrd') markers.push(readMarkerValue(chunk));
  }
  return markers;
}

function readMarkerValue(nmrd: Chunk): MarkerValue {
  const texts: string[] = [];
  let header: Chunk | null = null;
  for (const chunk of nmrd.children()) {
    if (chunk.id === 'NmHd') header = chunk;
    else if (chunk.id === 'Utf8' && texts.length < 5) texts.push(chunk.text());
  }
  const [comment = '', chapter = '', url = '', frameTarget = '', cuePointName = ''] = texts;
  const fields = header?.fields(16);
  return {
    kind: 'marker',
    comment,
    chapter,
    url,
    frameTarget,
    cuePointName,
    duration: fields ? fields.getUint32(8) / (fields.getUint32(12) || 600) : 0,
    label: header?.fields(17)?.getUint8(16) ?? 0,
    protectedRegion: fields ? (fields.getUint8(3) & PROTECTED) !== 0 : false,
  };
}
