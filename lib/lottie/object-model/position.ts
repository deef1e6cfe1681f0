import {
  type Animated,
  type Handle,
  isAnimated,
  type Keyframe,
  keyframesOf,
  type LottieLayer,
  SEPARATED,
} from '../document/index.ts';
import { type Clock, Property } from './property.ts';

/** The `p` of a transform: one property, or one for each dimension. */
interface Placed {
  s?: unknown;
  x?: unknown;
  y?: unknown;
  z?: unknown;
}

/** The position of a layer and its dimensions, of which After Effects hides either the one or the others. */
export function positionProperties(layer: LottieLayer, clock: Clock): Property[] {
  const transform = layer.ks as { p?: Placed } | undefined;
  if (typeof transform?.p !== 'object' || transform.p === null) return [];
  const position = new Position(transform as { p: Placed }, clock);
  return [position, ...position.parts];
}

class Position extends Property {
  static override readonly scriptNames: readonly string[] = [
    'isSeparationLeader',
    'dimensionsSeparated',
    'getSeparationFollower',
  ];
  readonly isSeparationLeader = true;
  readonly parts: readonly PositionPart[];
  readonly #transform: { p: Placed };

  constructor(transform: { p: Placed }, clock: Clock) {
    const { p } = transform;
    const whole: Animated = p.s !== true && isAnimated(p) ? p : { a: 0, k: [] };
    super('Position', 'ADBE Position', 'ThreeD_SPATIAL', whole, clock);
    this.#transform = transform;
    this.parts = SEPARATED.flatMap(([key, name, matchName], at) => {
      if (p.s !== true) return [new PositionPart(name, matchName, { a: 0, k: 0 }, clock, this, at)];
      const animated = p[key as keyof Placed];
      return isAnimated(animated) ? [new PositionPart(name, matchName, animated, clock, this, at)] : [];
    });
  }

  get dimensionsSeparated(): boolean {
    return this.#transform.p.s === true;
  }

  /** Each dimension gets the keys and the easing that the position had. What was curved between two keys gets straight. */
  set dimensionsSeparated(separated: boolean) {
    if (separated === this.dimensionsSeparated) return;
    if (!separated) throw new Error('The bundled renderer cannot join the dimensions of a position again.');
    const [x, y, z] = this.parts.map((part) => part.takeFrom(this.animated));
    this.#transform.p = { s: true, x, y, z };
  }

  getSeparationFollower(dimension: number): PositionPart | null {
    return this.parts.find((part) => part.separationDimension === dimension) ?? null;
  }

  override valueAtTime(time: number): unknown {
    return this.dimensionsSeparated ? this.parts.map((part) => part.valueAtTime(time)) : super.valueAtTime(time);
  }

  protected override stored(value: unknown): unknown {
    if (this.dimensionsSeparated)
      throw new Error(
        "The property 'Position' is hidden, since its dimensions are separated: set X Position and Y Position.",
      );
    return super.stored(value);
  }
}

class PositionPart extends Property {
  static override readonly scriptNames: readonly string[] = [
    'isSeparationFollower',
    'separationLeader',
    'separationDimension',
  ];
  readonly isSeparationFollower = true;
  readonly separationLeader: Position;
  readonly separationDimension: number;

  constructor(
    name: string,
    matchName: string,
    animated: Animated,
    clock: Clock,
    separationLeader: Position,
    separationDimension: number,
  ) {
    super(name, matchName, 'OneD', animated, clock);
    this.separationLeader = separationLeader;
    this.separationDimension = separationDimension;
  }

  /** Returns what stands in the document once the dimensions are separated. */
  takeFrom(position: Animated): Animated {
    const keys = keyframesOf(position);
    this.animated.a = keys.length === 0 ? 0 : 1;
    this.animated.k =
      keys.length === 0
        ? dimensionOf(position.k, this.separationDimension)
        : keys.map((key) => keyOfDimension(key, this.separationDimension));
    return this.animated;
  }

  override valueAtTime(time: number): unknown {
    if (this.separationLeader.dimensionsSeparated) return super.valueAtTime(time);
    return dimensionOf(this.separationLeader.valueAtTime(time), this.separationDimension);
  }

  protected override stored(value: unknown): unknown {
    if (!this.separationLeader.dimensionsSeparated)
      throw new Error(`The property '${this.name}' is hidden until the dimensions of Position are separated.`);
    return super.stored(value);
  }
}

function keyOfDimension({ t, s, e, i, o, h }: Keyframe, dimension: number): Keyframe {
  return {
    t,
    ...(s === undefined ? {} : { s: [dimensionOf(s, dimension)] }),
    ...(e === undefined ? {} : { e: [dimensionOf(e, dimension)] }),
    ...(i === undefined ? {} : { i: handleOfDimension(i, dimension) }),
    ...(o === undefined ? {} : { o: handleOfDimension(o, dimension) }),
    ...(h === undefined ? {} : { h }),
  };
}

function handleOfDimension({ x, y }: Handle, dimension: number): Handle {
  const one = (part: number | number[]) => (Array.isArray(part) ? (part[dimension] ?? part[0] ?? 0) : part);
  return { x: [one(x)], y: [one(y)] };
}

/** A position of two numbers has no depth. */
function dimensionOf(value: unknown, dimension: number): number {
  const part: unknown = Array.isArray(value) ? value[dimension] : undefined;
  return typeof part === 'number' ? part : 0;
}
