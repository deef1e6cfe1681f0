/** The public surface of aerender-batch, and nothing else. */
import './node-version.ts';

export type { AssetInput } from './assets/asset.ts';
export type { EngineOptions } from './config.ts';
export type * from './contract/answers.ts';
export type { FontInput } from './contract/font.ts';
export type { TemplateInput, TemplateType } from './contract/template.ts';
export { BatchEngine, type CloseOptions, type ResumeOptions } from './engine.ts';
export {
  ConflictError,
  DatabaseError,
  EngineError,
  ERROR_CODES,
  type ErrorCode,
  type ErrorDetail,
  JobRefusedError,
  NotFoundError,
  RenderError,
  ValidationError,
} from './errors.ts';
export type { EngineEvent, EngineEventName, EngineEvents, JobEvent, JobProgressEvent } from './events.ts';
export { type BatchInput, batchSchema, type JobCreationInput, jobCreationSchema } from './plan/request.ts';
export type { TemplateJob, TemplateShape } from './plan/template-job.ts';
export type { BatchEvent } from './resources/batch-events.ts';
export type { CancelOptions, CreateOptions, JobWarning, ListOptions, WaitOptions } from './resources/batches.ts';
export type { CompositionAnswer, LayerAnswer } from './resources/template-answers.ts';
export type { TemplatePage } from './resources/templates.ts';
export type { BatchStats, BatchStatus, JobStatus } from './status.ts';
export type * from './template/model.ts';
