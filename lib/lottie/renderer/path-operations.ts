import type { CanvasKit, Path, PathBuilder } from 'canvaskit-wasm';
import type { BezierPath, Point } from '../document/index.ts';
import type { Join, PathGeometry } from '../normalise/index.ts';

/** Finer than Skia's default: the outlines are drawn at any scale. */
const PRECISION = 4;

const ORIGIN: Point = [0, 0];

/** Outlines by Skia's own path operations. */
export class SkiaGeometry implements PathGeometry {
  readonly #skia: CanvasKit;

  constructor(skia: CanvasKit) {
    this.#skia = skia;
  }

  offset(path: BezierPath, amount: number, { join, miterLimit }: { join: Join; miterLimit: number }): BezierPath[] {
    const { StrokeCap, PathOp } = this.#skia;
    const source = this.#path(path);
    const band = source.makeStroked({
      width: Math.abs(amount) * 2,
      join: this.#join(join),
      miter_limit: Math.max(1, miterLimit),
      // After Effects ends the band of an open path as it joins it.
      cap: join === 'round' ? StrokeCap.Round : StrokeCap.Butt,
      precision: PRECISION,
    });
    // Nothing is too short for a band but a path of one point.
    if (band === null) return this.#take(source);
    if (!path.c) {
      source.delete();
      return this.#take(band);
    }
    const outline = this.#skia.Path.MakeFromOp(source, band, amount > 0 ? PathOp.Union : PathOp.Difference);
    band.delete();
    if (outline === null) return this.#take(source);
    source.delete();
    return this.#take(outline);
  }

  /** Outlines with their holes, of which every stroke is so much wider. */
  thickened(paths: readonly BezierPath[], width: number): BezierPath[] {
    const { PathOp } = this.#skia;
    const builder: PathBuilder = new this.#skia.PathBuilder();
    for (const path of paths) this.#add(builder, path);
    const source = builder.detachAndDelete();
    const band = source.makeStroked({ width, join: this.#join('miter'), miter_limit: 4, precision: PRECISION });
    const outline = band === null ? null : this.#skia.Path.MakeFromOp(source, band, PathOp.Union);
    band?.delete();
    if (outline === null) return this.#take(source);
    source.delete();
    return this.#take(outline);
  }

  #join(join: Join) {
    const { StrokeJoin } = this.#skia;
    return { miter: StrokeJoin.Miter, round: StrokeJoin.Round, bevel: StrokeJoin.Bevel }[join];
  }

  #path(path: BezierPath): Path {
    const builder: PathBuilder = new this.#skia.PathBuilder();
    this.#add(builder, path);
    return builder.detachAndDelete();
  }

  #add(builder: PathBuilder, { c, v, i, o }: BezierPath): void {
    const [first] = v;
    if (first !== undefined) {
      builder.moveTo(...first);
      for (let vertex = 1; vertex < v.length + (c ? 1 : 0); vertex += 1) {
        const end = vertex % v.length;
        const [from, to] = [v[vertex - 1] ?? first, v[end] ?? first];
        const [out, into] = [o[vertex - 1] ?? ORIGIN, i[end] ?? ORIGIN];
        builder.cubicTo(from[0] + out[0], from[1] + out[1], to[0] + into[0], to[1] + into[1], to[0], to[1]);
      }
      if (c) builder.close();
    }
  }

  /** Reads the contours of a path, and frees it. Holes run against their outline, as the winding rule needs it. */
  #take(path: Path): BezierPath[] {
    const nothing = new this.#skia.PathBuilder().detachAndDelete();
    const simple = this.#skia.Path.MakeFromOp(path, nothing, this.#skia.PathOp.Union) ?? path.copy();
    const winding = simple.makeAsWinding() ?? simple.copy();
    const contours = this.#contours(winding.toCmds());
    for (const used of [path, nothing, simple, winding]) used.delete();
    return contours;
  }

  #contours(commands: Float32Array): BezierPath[] {
    const { MOVE_VERB, LINE_VERB, QUAD_VERB, CONIC_VERB, CUBIC_VERB, CLOSE_VERB } = this.#skia;
    const contours: Contour[] = [];
    let at = 0;
    const number = () => commands[at++] ?? 0;
    const point = (): Point => [number(), number()];
    while (at < commands.length) {
      const verb = number();
      const contour = contours.at(-1);
      if (verb === MOVE_VERB) contours.push(new Contour(point()));
      else if (contour === undefined) break;
      else if (verb === LINE_VERB) contour.line(point());
      else if (verb === QUAD_VERB) contour.rounded(point(), point(), 2 / 3);
      else if (verb === CUBIC_VERB) contour.cubic(point(), point(), point());
      else if (verb === CONIC_VERB) {
        const [control, end, weight] = [point(), point(), number()];
        contour.rounded(control, end, (4 * weight) / (3 * (1 + weight)));
      } else if (verb === CLOSE_VERB) contour.close();
    }
    return contours.map(({ path }) => path).filter(({ v }) => v.length > 1);
  }
}

/** Builds a path, with tangents relative to their vertices. */
class Contour {
  readonly path: BezierPath = { c: true, v: [], i: [], o: [] };

  constructor(start: Point) {
    this.#add(start, start);
  }

  line(end: Point): void {
    this.#add(end, end);
  }

  /** A curve with one control point: its handles reach so far towards it. Right for a quadratic, and for an arc by its weight. */
  rounded(control: Point, end: Point, share: number): void {
    const start = this.path.v.at(-1) ?? end;
    const toward = (from: Point): Point => [
      from[0] + (control[0] - from[0]) * share,
      from[1] + (control[1] - from[1]) * share,
    ];
    this.cubic(toward(start), toward(end), end);
  }

  cubic(out: Point, into: Point, end: Point): void {
    const last = this.path.v.length - 1;
    const start = this.path.v[last] ?? end;
    this.path.o[last] = [out[0] - start[0], out[1] - start[1]];
    this.#add(end, into);
  }

  /** A last vertex on the first one is the first one. */
  close(): void {
    const { v, i, o } = this.path;
    const [first] = v;
    const last = v.at(-1);
    if (first === undefined || last === undefined || v.length < 3) return;
    if (Math.hypot(first[0] - last[0], first[1] - last[1]) > 1e-3) return;
    i[0] = i.at(-1) ?? [0, 0];
    for (const list of [v, i, o]) list.pop();
  }

  #add(vertex: Point, into: Point): void {
    this.path.v.push(vertex);
    this.path.i.push([into[0] - vertex[0], into[1] - vertex[1]]);
    this.path.o.push([0, 0]);
  }
}
