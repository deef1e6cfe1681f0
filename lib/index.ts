/** The public surface of aerender-batch, and nothing else. */
import './node-version.ts';

export type {
  AssetInput,
  AudioAssetInput,
  DataAssetInput,
  EssentialAssetInput,
  FunctionAssetInput,
  ImageAssetInput,
  NestedJobInput,
  ScriptAssetInput,
  StaticAssetInput,
  TextAssetInput,
  VideoAssetInput,
} from './assets/asset.ts';
export type { AerenderOptions, BundledOptions, EngineOptions, TimeoutOptions } from './config.ts';
export type * from './contract/answers.ts';
export type {
  CancelOptions,
  CloseOptions,
  CreateOptions,
  JobListInput,
  JobWarning,
  ListOptions,
  PruneOptions,
  ResumeOptions,
  RetryOptions,
  TemplatePage,
  WaitOptions,
} from './contract/call-options.ts';
export type {
  TakeUpload,
  UploadInput,
  UploadParams,
  UploadRequest,
  UploadTarget,
  WebhookInput,
} from './contract/delivery.ts';
export type { TemplateType } from './contract/formats.ts';
export type { FontInput, TemplateInput } from './contract/library.ts';
export type { LocalInput } from './contract/local.ts';
export type { SettingsInput } from './contract/settings.ts';
export type { ResolveUrl } from './contract/source.ts';
export { BatchEngine } from './engine.ts';
export {
  ConflictError,
  DatabaseError,
  EngineError,
  ERROR_CODES,
  type ErrorCode,
  type ErrorDetail,
  type Fault,
  JobRefusedError,
  NotFoundError,
  RenderError,
  ValidationError,
} from './errors.ts';
export type {
  EngineEvent,
  EngineEventName,
  EngineEvents,
  EngineListener,
  EngineListeners,
  JobEvent,
  JobProgressEvent,
  JobStateEvent,
  JobWebhookEvent,
  TakeWebhook,
} from './events/events.ts';
export type { BatchEvent } from './events/watch.ts';
export type { BatchInput, JobCreationInput } from './plan/request.ts';
export type { TemplateJob, TemplateShape } from './plan/template-job.ts';
export type { ForkOptions, ForkUtilityProcess, UtilityProcess } from './processes/utility-process.ts';
export type { Batches } from './resources/batches.ts';
export type { Fonts } from './resources/fonts.ts';
export type { Jobs } from './resources/jobs.ts';
export type { Templates } from './resources/templates.ts';
export type { BatchCancellationStatus, BatchCreationStatus, BatchStats, BatchStatus, JobStatus } from './status.ts';
export type * from './template/model.ts';
