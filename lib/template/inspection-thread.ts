import { extname } from 'node:path';
import { Piscina } from 'piscina';
import type { TemplateType } from '../contract/template.ts';
import { EngineError } from '../errors.ts';
import type { Inspection } from './inspect.ts';
import type { InspectionAnswer, InspectionTask } from './inspection-worker.ts';

const IDLE_TIMEOUT_MS = 10_000;
/** A project of hundreds of megabytes still fits; a hostile one ends its thread, not the host. */
const THREAD_HEAP_MB = 2_048;

/** Reads templates in a thread of their own: the host's event loop stays free, and a hostile file cannot take it down. */
export class TemplateInspector {
  readonly #piscina = new Piscina<InspectionTask, InspectionAnswer>({
    filename: new URL(`./inspection-worker${extname(import.meta.url)}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_TIMEOUT_MS,
    atomics: 'disabled',
    resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MB },
  });

  /** Throws `TEMPLATE_NOT_FOUND` or `TEMPLATE_UNREADABLE`. */
  async inspect(path: string, type?: TemplateType): Promise<Inspection> {
    const answer = await this.#run({ path, type });
    if (answer.ok) return answer.inspection;
    throw new EngineError(answer.code, answer.message);
  }

  async close(): Promise<void> {
    await this.#piscina.destroy();
  }

  async #run(task: InspectionTask): Promise<InspectionAnswer> {
    try {
      return await this.#piscina.run(task);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new EngineError('TEMPLATE_UNREADABLE', `The template ${task.path} cannot be read: ${reason}.`, { cause });
    }
  }
}
