import type { EffectDefinition } from './effect-definition.ts';

/** What the values of a layer's properties depend on that does not stand beside them. */
export interface PropertyContext {
  /**
   * The layer's own size in pixels: its source's, or null for a layer without a source (text, shape, light, camera).
   * Anchor points, mask paths and points of effects are kept as fractions of it where there is one.
   */
  sourceSize: [number, number] | null;
  compSize: [number, number];
  nullLayer: boolean;
  threeD: boolean;
  /** Seconds of the composition at which the layer's own time is 0. */
  startTime: number;
  /** The layer's time stretch as a factor: 1 is 100 %. */
  stretch: number;
  /** The place of a layer in the composition, from 1, by its id; 0 if there is none. */
  layerIndex(id: number): number;
  /** The definition that the project has of an effect, by its match name. */
  effect(matchName: string): EffectDefinition | null;
}
