import type { MarkerValue } from './marker.ts';
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
