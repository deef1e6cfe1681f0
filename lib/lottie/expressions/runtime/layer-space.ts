import type { LayerFacts } from '../model.ts';
import { after, inverse, type Matrix, mapped, placed } from './matrix.ts';
import { propertyOf } from './property-of.ts';
import type { World } from './world.ts';

/**
 * From a layer's space into that of its composition and back, for layers of two dimensions, where the world and the
 * composition are one. Source: Adobe's expression reference, "Layer Space Transforms".
 */
export class LayerSpace {
  readonly #world: World;
  readonly #facts: LayerFacts;
  readonly #above: () => LayerSpace | null;

  constructor(world: World, facts: LayerFacts, above: () => LayerSpace | null) {
    this.#world = world;
    this.#facts = facts;
    this.#above = above;
  }

  toComp(point: unknown, time?: unknown): number[] {
    return mapped(this.#matrix(time), point, false);
  }

  fromComp(point: unknown, time?: unknown): number[] {
    return mapped(inverse(this.#matrix(time)), point, false);
  }

  toCompVec(vector: unknown, time?: unknown): number[] {
    return mapped(this.#matrix(time), vector, true);
  }

  fromCompVec(vector: unknown, time?: unknown): number[] {
    return mapped(inverse(this.#matrix(time)), vector, true);
  }

  toWorld(point: unknown, time?: unknown): number[] {
    return this.toComp(point, time);
  }

  fromWorld(point: unknown, time?: unknown): number[] {
    return this.fromComp(point, time);
  }

  toWorldVec(vector: unknown, time?: unknown): number[] {
    return this.toCompVec(vector, time);
  }

  fromWorldVec(vector: unknown, time?: unknown): number[] {
    return this.fromCompVec(vector, time);
  }

  fromCompToSurface(point: unknown, time?: unknown): number[] {
    return this.fromComp(point, time).slice(0, 2);
  }

  /** A document may name a layer as its own ancestor: the way up is counted. */
  protected matrixAt(time: number, levels: number): Matrix {
    if (levels > 200) throw new Error('layers are parents of each other');
    if (this.#facts.threeDimensional) throw new Error('the spaces of three-dimensional layers are not known');
    const own = placed({
      anchor: this.#part('ADBE Anchor Point', time, [0, 0]),
      position: this.#part('ADBE Position', time, [0, 0]),
      scale: this.#part('ADBE Scale', time, [100, 100]),
      rotation: this.#part('ADBE Rotate Z', time, [0])[0] ?? 0,
    });
    const above = this.#above();
    return above === null ? own : after(above.matrixAt(time, levels + 1), own);
  }

  #matrix(time: unknown): Matrix {
    return this.matrixAt(time === undefined ? this.#world.current.time : Number(time), 0);
  }

  #part(matchName: string, time: number, missing: readonly number[]): readonly number[] {
    const id = propertyOf(this.#facts, 'ADBE Transform Group', matchName);
    return id === null ? missing : (this.#world.read(id, time) as number[]);
  }
}
