/**
 * Every error code of the library, in one place. The README's table is made from this list, and a test holds them
 * together, so a code is added here and nowhere else.
 *
 * `when`: `call` — a method throws it; `create` — an entry of `errors` in the answer to `batches.create`
 * (and what `jobs.create` throws); `render` — a job that was accepted ends with it (event `job:error`). A job whose template has changed
 * since is planned again when it is rendered, and may then end with a code of `create`.
 */
export const ERROR_CODES = {
  VALIDATION_ERROR: {
    when: 'call, create, render',
    meaning: 'The input has the wrong form; the message names the path.',
  },
  NODE_TOO_OLD: { when: 'call', meaning: 'Node.js is older than 22.14.' },
  CLOSE_INCOMPLETE: {
    when: 'call',
    meaning: 'The engine was closed, but some of its work did not end in time; the message names it.',
  },
  RUNTIME_UNSUPPORTED: {
    when: 'call',
    meaning: 'This is Deno or Bun, or the library was bundled; it runs from node_modules, in Node.js and Electron.',
  },
  ENGINE_CLOSED: { when: 'call', meaning: 'The engine was closed; open another one.' },
  BATCH_NOT_FOUND: { when: 'call', meaning: 'No jobs exist with this batch id.' },
  JOB_NOT_FOUND: { when: 'call', meaning: 'No job has this id.' },
  TEMPLATE_NOT_FOUND: {
    when: 'call, create, render',
    meaning: 'No template has this id, or its file is gone; register the file with `templates.add`.',
  },
  FONT_NOT_FOUND: { when: 'call', meaning: 'No font has this id.' },
  LOG_NOT_FOUND: { when: 'call', meaning: 'The job has not rendered yet, so it has no log.' },
  OUTPUT_NOT_FOUND: { when: 'call', meaning: 'The job has no output file (not finished, or the file was removed).' },
  NOT_CANCELLABLE: { when: 'call', meaning: 'The job is neither queued nor pending.' },
  NOT_RETRYABLE: { when: 'call', meaning: 'Only a job that ended in error or was cancelled can be retried.' },
  IN_USE: { when: 'call', meaning: 'It is used by jobs that have not ended; wait for them or cancel them.' },
  FONT_INVALID: { when: 'call', meaning: 'The file is not a TrueType or OpenType font, or is over 40 MiB.' },
  DATABASE_LOCKED: { when: 'call', meaning: 'Another program holds the database file.' },
  DATABASE_READ_ONLY: { when: 'call', meaning: 'The database file or its folder cannot be written to.' },
  DATABASE_INVALID: { when: 'call', meaning: 'The file is not a database of this library.' },
  DATABASE_CORRUPT: { when: 'call', meaning: 'The database file is damaged; restore it from a backup.' },
  DATABASE_NEWER: { when: 'call', meaning: 'A newer version of this library wrote the database.' },
  DATABASE_REPLACED: {
    when: 'call',
    meaning:
      'The database file was removed or replaced while the engine was open; put it back and open the engine again.',
  },
  DATABASE_FULL: { when: 'call', meaning: 'No room is left on the disk of the database.' },
  TEMPLATE_UNREADABLE: { when: 'call, create, render', meaning: 'The template file cannot be read as its type.' },
  COMPOSITION_NOT_FOUND: { when: 'create, render', meaning: 'The template has no composition of this name.' },
  COMPOSITION_TOO_LARGE: {
    when: 'create, render',
    meaning:
      'The composition has more pixels, unfolds to more layers, or nests deeper (50), than the bundled renderer draws.',
  },
  LAYER_NOT_FOUND: {
    when: 'create, render',
    meaning: 'The composition has no layer of this name, or its panel no such field.',
  },
  ASSET_LAYER_MISMATCH: { when: 'create, render', meaning: 'The layer is not of a kind that this asset can change.' },
  PROPERTY_NOT_FOUND: { when: 'create, render', meaning: 'The layer has no property of this name or path.' },
  FRAMES_OUT_OF_RANGE: { when: 'create, render', meaning: '`settings.frames` lies outside the composition.' },
  CODEC_UNKNOWN: {
    when: 'create',
    meaning: '`settings.codec` is not one of the known codecs, or not of `settings.type`.',
  },
  ASSET_NOT_FOUND: { when: 'create, render', meaning: 'The file that an asset names is not there.' },
  ASSET_INVALID: {
    when: 'create, render',
    meaning: 'The file that an asset names is empty, a folder, or not of its type.',
  },
  ASSET_SOURCE_UNSUPPORTED: {
    when: 'create, render',
    meaning:
      'The source needs the network, which this library does not use; give a path, a `file:` URL or a `data:` URI, or map URLs with the option `resolve`.',
  },
  ASSET_TYPE_UNSUPPORTED: { when: 'create, render', meaning: 'Assets of this type cannot be rendered here.' },
  SCRIPTS_NOT_ALLOWED: {
    when: 'create, render',
    meaning: 'The job runs a script of its own; open the engine with `allowScripts: true` where you trust its jobs.',
  },
  UPLOAD_FAILED: {
    when: 'render',
    meaning: 'The output is in `outputDir`, but the option `upload` failed for it. Mend it, and retry the job.',
  },
  SETTINGS_UNSUPPORTED: {
    when: 'create, render',
    meaning: 'A setting asks for something that cannot be rendered here; the message names it.',
  },
  FEATURE_UNSUPPORTED: {
    when: 'create, render',
    meaning:
      'The bundled renderer would visibly draw the template otherwise than After Effects does; the message names what. Render it with After Effects, or set `bundled.allowUnsupported`.',
  },
  NESTING_TOO_DEEP: { when: 'create', meaning: 'Jobs are nested more than 8 levels deep.' },
  AERENDER_NOT_FOUND: {
    when: 'create, render',
    meaning: 'The version of After Effects that the job asks for is not installed.',
  },
  RENDERER_NOT_INSTALLED: {
    when: 'create, render',
    meaning:
      'The bundled renderer needs two optional packages: `npm i canvaskit-wasm@^0.42 node-av@^6.1`; an FFmpeg program can stand in for the second (`bundled.ffmpeg`).',
  },
  FFMPEG_NOT_USABLE: {
    when: 'create, render',
    meaning:
      'The FFmpeg program that stands in for node-av cannot be used, or does not make the codec of the job; the message says why, and what it makes.',
  },
  NODE_NOT_STARTABLE: {
    when: 'create, render',
    meaning:
      'The bundled renderer, or a script or expression in it, needs a program that this Electron app does not let be started; the message says which of `bundled.spawn` and `bundled.nodePath` helps (docs/electron.md).',
  },
  SCRIPT_HOOK_MISSING: {
    when: 'create, render',
    meaning: 'This After Effects takes no scripts from aerender, and assets need one; run `aerender-batch setup` once.',
  },
  SCRIPT_HOOK_NOT_WRITTEN: {
    when: 'call',
    meaning: '`aerender-batch setup` could not change the folder of After Effects; the message says how it can.',
  },
  AERENDER_SPAWN_FAILED: { when: 'render', meaning: 'The renderer could not be started.' },
  AERENDER_FAILED: {
    when: 'render',
    meaning: 'The renderer reported an error; the message and the log have its words.',
  },
  AERENDER_BUSY: {
    when: 'render',
    meaning: 'Another instance of aerender was using After Effects, and still was when the job was retried alone.',
  },
  SCRIPT_FAILED: {
    when: 'render',
    meaning: 'The script that puts the data into the project failed, or one that the job brings.',
  },
  RENDER_START_TIMEOUT: { when: 'render', meaning: 'The renderer printed nothing within `timeouts.start`.' },
  RENDER_STALLED: { when: 'render', meaning: 'The render made no progress within `timeouts.stall`.' },
  RENDER_TIMEOUT: { when: 'render', meaning: 'The render took longer than `timeouts.total`.' },
  RENDER_OUT_OF_MEMORY: {
    when: 'render',
    meaning: 'The bundled renderer took more memory than it may, and was ended; the message names the limit.',
  },
  RENDER_CRASHED: { when: 'render', meaning: 'The renderer was ended by a signal or crashed.' },
  RENDER_KILLED: { when: 'render', meaning: 'The render was ended on request (`running: "kill"`).' },
  OUTPUT_MISSING: { when: 'render', meaning: 'The renderer said it succeeded, but an expected file is not there.' },
  OUTPUT_INCOMPLETE: { when: 'render', meaning: 'The output is empty, cut short, or has too few frames.' },
  OUTPUT_EXISTS: {
    when: 'create, render',
    meaning:
      'A file of the name that the job gives its output is there already, or another job makes it; give another `local.fileName`, or set `local.overwrite`.',
  },
  OUTPUT_NOT_PUBLISHED: {
    when: 'call, render',
    meaning: 'The output folder could not be made, or the output could not be moved into it.',
  },
  WORKFOLDER_FAILED: { when: 'render', meaning: 'The work folder could not be made or written to.' },
  DISK_FULL: { when: 'render', meaning: 'No room was left on the disk during the render.' },
  WORKER_LOST: { when: 'render', meaning: 'The worker thread of the job ended unexpectedly.' },
  INTERNAL: {
    when: 'render',
    meaning: 'A fault of this library; the log of the job has the stack. Please report it.',
  },
  CHILD_FAILED: { when: 'render', meaning: 'A nested job ended without an output; the message names it.' },
} as const;

/** Why something failed, in a word for programs; it stays the same across versions. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** Where a value is wrong: `field` is its path (`jobs[2].template.id`). */
export interface ErrorDetail {
  field: string;
  message: string;
}

/** The base of every error that this library throws. `code` is stable across versions; `message` is for people. */
export class EngineError extends Error {
  override name = 'EngineError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The input has the wrong form. `details` has one entry for each fault, as in the cloud's 400 answer. */
export class ValidationError extends EngineError {
  override name = 'ValidationError';
  readonly details: ErrorDetail[];

  constructor(message: string, details: ErrorDetail[]) {
    super('VALIDATION_ERROR', message);
    this.details = details;
  }
}

/** No batch, job, template, font, log or output is known by this id: `code` says which. */
export class NotFoundError extends EngineError {
  override name = 'NotFoundError';
}

/** The call is right but not in this state, as in the cloud's 409 answer: `NOT_CANCELLABLE`, `IN_USE`, … */
export class ConflictError extends EngineError {
  override name = 'ConflictError';
}

/** The database could not be opened or written to; the file was left as it was. */
export class DatabaseError extends EngineError {
  override name = 'DatabaseError';
}

/** Why a job is refused. */
export interface Fault {
  code: ErrorCode;
  message: string;
}

/** A job was refused at creation. In a batch it becomes an entry of `errors`; `jobs.create` throws it. */
export class JobRefusedError extends EngineError {
  override name = 'JobRefusedError';
  /** Every fault by itself: `code` is that of the first one, and the message joins theirs. */
  readonly faults: Fault[];

  constructor(code: ErrorCode, message: string, options: ErrorOptions & { faults?: Fault[] } = {}) {
    super(code, message, options);
    this.faults = options.faults ?? [{ code, message }];
  }
}

/** An attempt to render a job failed. `retryable` is false if the same input would fail again. */
export class RenderError extends EngineError {
  override name = 'RenderError';
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options: ErrorOptions & { retryable?: boolean } = {}) {
    super(code, message, options);
    this.retryable = options.retryable ?? false;
  }
}

/** The message of anything that was thrown, without a stack. */
export function reasonOf(thrown: unknown): string {
  const isObject = typeof thrown === 'object' && thrown !== null;
  return isObject && 'message' in thrown && typeof thrown.message === 'string' ? thrown.message : String(thrown);
}

/** Whatever was thrown, as an error. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(reasonOf(thrown), { cause: thrown });
}
