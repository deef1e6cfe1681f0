/** Compiled, never run: what the calls of an engine take and return, what its events carry, and what does not compile. */
import type {
  BatchCancellation,
  BatchCreation,
  BatchDetails,
  BatchEngine,
  BatchEvent,
  BatchInput,
  BatchListItem,
  BatchRetry,
  BatchStats,
  BatchStatus,
  CancelOptions,
  CloseOptions,
  Composition,
  CreateOptions,
  EngineEvent,
  EngineEventName,
  EngineEvents,
  EngineListener,
  EngineListeners,
  EngineOptions,
  ErrorCode,
  Font,
  FontInput,
  Job,
  JobAttempt,
  JobCreated,
  JobCreationInput,
  JobListInput,
  JobLocal,
  Layer,
  ListOptions,
  Pruned,
  PruneOptions,
  ResumeOptions,
  RetryOptions,
  Template,
  TemplateInput,
  TemplateModel,
  TemplatePage,
  WaitOptions,
} from '../../lib/index.ts';

/** `true` if they are one type: `any`, a key that may be left out and `readonly` all count. */
type Equal<One, Other> =
  (<Type>() => Type extends One ? 1 : 2) extends <Type>() => Type extends Other ? 1 : 2 ? true : false;
/** What can be seen of a class from outside. */
type Seen<Class> = Pick<Class, keyof Class>;

export const batches: Equal<
  Seen<BatchEngine['batches']>,
  {
    create(body: BatchInput, options?: CreateOptions): Promise<BatchCreation>;
    get(id: string): Promise<BatchDetails>;
    list(options?: ListOptions): Promise<BatchListItem[]>;
    cancel(id: string, options?: CancelOptions): Promise<BatchCancellation>;
    retry(id: string, options?: RetryOptions): Promise<BatchRetry>;
    wait(id: string, options?: WaitOptions): Promise<BatchDetails>;
    watch(id: string, options?: WaitOptions): AsyncIterableIterator<BatchEvent>;
    delete(id: string): Promise<void>;
  }
> = true;

export const jobs: Equal<
  Seen<BatchEngine['jobs']>,
  {
    create(body: JobCreationInput): Promise<JobCreated>;
    get(id: string): Promise<Job>;
    list(options?: JobListInput): Promise<Job[]>;
    cancel(id: string | string[], options?: CancelOptions): Promise<Job[]>;
    logs(id: string): Promise<string>;
    warnings(id: string): Promise<string[]>;
    output(id: string): Promise<string>;
    retry(id: string): Promise<Job>;
    attempts(id: string): Promise<JobAttempt[]>;
  }
> = true;

export const templates: Equal<
  Seen<BatchEngine['templates']>,
  {
    add(body: TemplateInput): Promise<Template>;
    get(id: string): Promise<Template>;
    model(id: string): Promise<TemplateModel>;
    compositions(id: string, page?: TemplatePage): Promise<Composition[]>;
    layers(id: string, page?: TemplatePage): Promise<Layer[]>;
    list(): Promise<Template[]>;
    remove(id: string): Promise<void>;
  }
> = true;

export const fonts: Equal<
  Seen<BatchEngine['fonts']>,
  {
    add(body: FontInput): Promise<Font>;
    list(): Promise<Font[]>;
    get(id: string): Promise<Font>;
    remove(id: string): Promise<void>;
  }
> = true;

// `ended` is internal, and not in the published declarations.
type Own = Omit<Seen<BatchEngine>, 'on' | 'once' | 'off' | 'ended'>;
export const engine: Equal<
  Seen<Own>,
  {
    readonly batches: BatchEngine['batches'];
    readonly jobs: BatchEngine['jobs'];
    readonly templates: BatchEngine['templates'];
    readonly fonts: BatchEngine['fonts'];
    pause(): Promise<void>;
    resume(options?: ResumeOptions): Promise<void>;
    setWorkers(workers: number): Promise<void>;
    prune(options: PruneOptions): Promise<Pruned>;
    idle(options?: WaitOptions): Promise<void>;
    close(options?: CloseOptions): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
  }
> = true;

type Listen = <Name extends EngineEventName>(name: Name, listener: EngineListener<Name>) => BatchEngine;
export const listening: Record<'on' | 'once' | 'off', Listen> = {} as BatchEngine;
export const open: Equal<typeof BatchEngine.open, (options: EngineOptions) => Promise<BatchEngine>> = true;

type Ids = { batchId: string | null; jobId: string; parentId: string | null };
type State = Ids & { local: JobLocal };
/** Each payload, key by key. */
type Flat<Type> = { [Key in keyof Type]: Type[Key] };
type Payloads = { [Name in EngineEventName]: Flat<EngineEvents[Name]> };
export const events: Equal<
  Payloads,
  {
    'batch:created': {
      batchId: string;
      status: 'created' | 'partial' | 'error';
      totalJobs: number;
      successCount: number;
    };
    'batch:progress': { batchId: string; stats: BatchStats };
    'batch:finished': { batchId: string; status: BatchStatus; stats: BatchStats; run: number };
    'batch:cancelled': { batchId: string; cancelledCount: number; skippedCount: number };
    'job:queued': Flat<State>;
    'job:started': Flat<State & { attempt: number }>;
    'job:progress': Flat<
      Ids & {
        progress: number | null;
        frame: number | null;
        totalFrames: number | null;
        elapsed: number;
        remaining: number | null;
      }
    >;
    'job:log': Flat<Ids & { text: string }>;
    'job:finished': Flat<State & { outputUrl: string; outputPath: string; renderDuration: number | null }>;
    'job:error': Flat<State & { code: ErrorCode; error: string }>;
    'job:cancelled': Flat<State>;
    'job:webhook': Flat<
      State & { url: string; method: string; headers: Record<string, string>; body: unknown; run: number }
    >;
    'engine:idle': Record<string, never>;
    'engine:error': { error: Error; paused: boolean };
  }
> = true;
export const named: Equal<EngineEvent<'job:log'>, EngineEvents['job:log']> = true;

/** A watch has what belongs to one batch, and its `type` says what else an event carries. */
export const watched: Equal<
  BatchEvent['type'],
  Exclude<EngineEventName, 'batch:created' | 'engine:idle' | 'engine:error'>
> = true;
export function say(event: BatchEvent): string {
  // @ts-expect-error Only a job that failed has an error.
  event.error;
  return event.type === 'job:error' ? `${event.jobId}: ${event.code}, ${event.error}` : event.type;
}

export const listeners: EngineListeners = {
  'job:finished': async ({ outputPath }) => outputPath.length,
  // @ts-expect-error No event has this name.
  'job:done': () => {},
};

export async function misuse(wrong: BatchEngine): Promise<void> {
  // @ts-expect-error A log has a text, no progress.
  wrong.on('job:log', ({ progress }) => progress);
  // @ts-expect-error A batch is an object with jobs.
  await wrong.batches.create([]);
  // @ts-expect-error Renders are killed, or go on.
  await wrong.close({ running: 'skip' });
  // @ts-expect-error What is older than when?
  await wrong.prune({});
  // @ts-expect-error An engine has a file and a folder.
  await (null as unknown as typeof BatchEngine).open({ database: 'renders.db' });
}
