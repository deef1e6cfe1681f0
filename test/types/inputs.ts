/** Compiled, never run: the documented types of what callers send are those of the schemas, in both directions. */
import type { z } from 'zod';
import type { AssetInput, LEAVES } from '../../lib/assets/asset.ts';
import type {
  AerenderOptions,
  BundledOptions,
  EngineOptions,
  engineOptionsSchema,
  TimeoutOptions,
} from '../../lib/config.ts';
import type {
  CancelOptions,
  CloseOptions,
  CreateOptions,
  cancelOptions,
  closeOptions,
  createOptions,
  JobListInput,
  jobListSchema,
  ListOptions,
  listOptions,
  PruneOptions,
  pruneOptions,
  ResumeOptions,
  RetryOptions,
  resumeOptions,
  retryOptions,
  TemplatePage,
  templatePage,
  WaitOptions,
  waitOptions,
} from '../../lib/contract/call-options.ts';
import type { UploadInput, uploadSchema, WebhookInput, webhookSchema } from '../../lib/contract/delivery.ts';
import type { FontInput, fontSchema, TemplateInput, templateSchema } from '../../lib/contract/library.ts';
import type { SettingsInput, settingsSchema } from '../../lib/contract/settings.ts';
import type { JobCreationInput, jobShape } from '../../lib/plan/request.ts';

/** `true` if each is assignable to the other, and neither has a key that the other lacks. */
type Same<One, Other> = [One] extends [Other]
  ? [Other] extends [One]
    ? [keyof One] extends [keyof Other]
      ? [keyof Other] extends [keyof One]
        ? true
        : false
      : false
    : false
  : false;

export const settings: Same<SettingsInput, z.input<typeof settingsSchema>> = true;
export const upload: Same<UploadInput, z.input<typeof uploadSchema>> = true;
export const webhook: Same<WebhookInput, z.input<typeof webhookSchema>> = true;
export const font: Same<FontInput, z.input<typeof fontSchema>> = true;
export const jobList: Same<JobListInput, z.input<typeof jobListSchema>> = true;
export const template: Same<TemplateInput, z.input<typeof templateSchema>> = true;

type Leaf = z.input<(typeof LEAVES)[number]>;
type OfType<Union, Type> = Extract<Union, { type: Type }>;
export const assets: { [Type in Leaf['type']]: Same<OfType<AssetInput, Type>, OfType<Leaf, Type>> } = {
  ...{ text: true, data: true, image: true, video: true, audio: true },
  ...{ static: true, essential: true, script: true, function: true },
};

type JobKeys = keyof JobCreationInput;
type SchemaKeys = keyof typeof jobShape;
export const keys: [JobKeys] extends [SchemaKeys] ? ([SchemaKeys] extends [JobKeys] ? true : false) : false = true;
export const job = {} as JobCreationInput satisfies { [Key in SchemaKeys]?: z.input<(typeof jobShape)[Key]> };

type OptionsInput = z.input<typeof engineOptionsSchema>;
type Aerender = NonNullable<OptionsInput['aerender']>;
export const options: Same<Omit<EngineOptions, 'events'>, Omit<OptionsInput, 'events'>> = true;
/** The schema knows that a listener is a function, and not what it takes. */
export const events: Same<
  Record<keyof NonNullable<EngineOptions['events']>, true>,
  Record<keyof NonNullable<OptionsInput['events']>, true>
> = true;
// A key that may be left out is compared only where it stands at the top.
export const aerender: Same<AerenderOptions, Aerender> = true;
export const multiFrame: Same<NonNullable<AerenderOptions['multiFrame']>, NonNullable<Aerender['multiFrame']>> = true;
export const timeouts: Same<TimeoutOptions, NonNullable<Aerender['timeouts']>> = true;
export const bundled: Same<BundledOptions, NonNullable<OptionsInput['bundled']>> = true;

/** A schema takes a list that cannot be changed as well as any other. */
type Fixed<Input> = {
  [Key in keyof Input]: Input[Key] extends (infer One)[] | undefined ? readonly One[] | undefined : Input[Key];
};
export const cancel: Same<CancelOptions, z.input<typeof cancelOptions>> = true;
export const close: Same<CloseOptions, z.input<typeof closeOptions>> = true;
export const create: Same<CreateOptions, z.input<typeof createOptions>> = true;
export const list: Same<ListOptions, z.input<typeof listOptions>> = true;
export const prune: Same<PruneOptions, z.input<typeof pruneOptions>> = true;
export const resume: Same<ResumeOptions, Fixed<z.input<typeof resumeOptions>>> = true;
export const retry: Same<RetryOptions, Fixed<z.input<typeof retryOptions>>> = true;
export const page: Same<TemplatePage, z.input<typeof templatePage>> = true;
export const wait: Same<WaitOptions, z.input<typeof waitOptions>> = true;
