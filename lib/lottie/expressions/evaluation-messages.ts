/** Between the renderer and the process that evaluates expressions. */
export interface EvaluationTask {
  /** As JSON. */
  model: string;
  bakes: readonly Bake[];
  /** Expressions that are known to fail. */
  failed: readonly (readonly [id: number, reason: string])[];
  callMs: number;
  totalMs: number;
}

/** An expression, and the frames whose values are wanted. */
export interface Bake {
  id: number;
  first: number;
  last: number;
}

export type EvaluationMessage =
  /** What the process was at when it was lost is known by it. */
  | { kind: 'begun'; id: number }
  /** Samples as JSON. */
  | { kind: 'baked'; id: number; samples: string }
  /** Pairs of id and reason, as JSON. */
  | { kind: 'ended'; failures: string };
