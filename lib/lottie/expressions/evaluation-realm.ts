import { types } from 'node:util';
import vm from 'node:vm';
import type { Bake, EvaluationTask } from './evaluation-messages.ts';
import type { ExpressionModel } from './model.ts';
import { runtimeSource } from './runtime/source.ts';

/** Reasons are short, and whatever holds one ends. */
const SHORT_MS = 1_000;
/** An expression that fails takes its readers' values with it: they are evaluated anew, so many times at most. */
const MOST_PASSES = 4;

/**
 * The realm in which expressions run. Nothing of ours is an object in it: text goes in, texts and numbers come out.
 * What an expression throws is caught inside. Code is made from text only if an expression of the document uses `eval`.
 */
export class EvaluationRealm {
  readonly #context: vm.Context;
  readonly #task: EvaluationTask;
  readonly #end: number;
  /** An object of the realm, which is only handed back into it. */
  readonly #engine: unknown;

  constructor(task: EvaluationTask) {
    this.#task = task;
    const { properties, usesEval } = JSON.parse(task.model) as Pick<ExpressionModel, 'properties' | 'usesEval'>;
    // What is made from text runs in this realm as well, and in a process without rights.
    const codeGeneration = { strings: usesEval, wasm: false };
    this.#context = vm.createContext(vm.constants.DONT_CONTEXTIFY, { codeGeneration });
    this.#end = performance.now() + task.totalMs;
    this.#context.$model = task.model;
    this.#context.$engine = null;
    this.#engine = this.#run(`new (${runtimeSource()})($model, globalThis)`, task.totalMs);
    this.#define(properties);
  }

  get failures(): string {
    return String(this.#call('failures()', SHORT_MS));
  }

  /** The samples of each expression that does not fail, as JSON. `onBegin` is told before each one. */
  bake(onBegin: (id: number) => void): Map<number, string> {
    let baked = new Map<number, string>();
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      const before = this.failures;
      baked = new Map();
      for (const one of this.#task.bakes) {
        onBegin(one.id);
        const samples = this.#bakeOne(one);
        if (samples !== null) baked.set(one.id, samples);
      }
      if (this.failures === before) break;
      this.#call('forget()', SHORT_MS);
    }
    return baked;
  }

  #define(properties: readonly { code: string | null }[]): void {
    for (const [id, reason] of this.#task.failed) this.#fail(id, reason);
    for (const [id, { code }] of properties.entries()) {
      if (code === null) continue;
      try {
        this.#call(`define(${id}, ${code})`, SHORT_MS);
      } catch (error) {
        this.#fail(id, error instanceof Error ? error.message : 'it cannot be read');
      }
    }
  }

  #bakeOne({ id, first, last }: Bake): string | null {
    const call = `bake(${Math.trunc(id)}, ${Math.trunc(first)}, ${Math.trunc(last)})`;
    // It may be another one, which this one reads, that does not end: then this one is asked again.
    for (;;) {
      const left = this.#end - performance.now();
      if (left <= 0) {
        this.#fail(id, 'the time for all expressions of the document was over');
        return null;
      }
      try {
        const samples = this.#call(call, Math.min(left, this.#task.callMs));
        return typeof samples === 'string' ? samples : null;
      } catch (error) {
        const innermost = Number(this.#call('innermost()', SHORT_MS));
        this.#fail(innermost >= 0 ? innermost : id, reasonOf(error));
        if (innermost < 0 || innermost === id) return null;
      }
    }
  }

  #fail(id: number, reason: string): void {
    this.#call(`fail(${Math.trunc(id)}, ${JSON.stringify(reason)})`, SHORT_MS);
  }

  /** The engine is in reach until its call begins, and no expression of the document sees it. */
  #call(method: string, timeout: number): unknown {
    this.#context.$engine = this.#engine;
    return this.#run(`((engine) => { $engine = null; return engine.${method}; })($engine)`, timeout);
  }

  #run(code: string, timeout: number): unknown {
    return vm.runInContext(code, this.#context, { timeout: Math.max(1, Math.ceil(timeout)) });
  }
}

/** What comes out of the realm may be anything: of an error only what it holds as plain data is looked at. */
function reasonOf(thrown: unknown): string {
  const code: unknown = types.isNativeError(thrown)
    ? Object.getOwnPropertyDescriptor(thrown, 'code')?.value
    : undefined;
  return code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? 'it does not come to an end' : 'it broke off';
}
