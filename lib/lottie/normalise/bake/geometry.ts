import type { BezierPath } from '../../document/index.ts';

/** What computes outlines: Skia, in the renderer's process. */
export interface PathGeometry {
  /**
   * The outline at a distance from a path, outwards if it is positive. Of an open path: the band on both sides of it.
   * Nothing is left of a path that is smaller than the distance.
   */
  offset(path: BezierPath, amount: number, corners: { join: Join; miterLimit: number }): BezierPath[];
}

export type Join = 'miter' | 'round' | 'bevel';

/** `lj`. Source: the Lottie specification, "Line join". */
export const JOINS: Readonly<Record<number, Join>> = { 1: 'miter', 2: 'round', 3: 'bevel' };
