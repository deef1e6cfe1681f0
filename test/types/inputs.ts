/** Compiled, never run: the documented types of what callers send are those of the schemas, in both directions. */
import type { z } from 'zod';
import type { AssetInput, LEAVES } from '../../lib/assets/asset.ts';
import type { SettingsInput, settingsSchema } from '../../lib/contract/settings.ts';
import type { TemplateInput, templateSchema } from '../../lib/contract/template.ts';
import type { UploadInput, uploadSchema } from '../../lib/contract/upload.ts';
import type { WebhookInput, webhookSchema } from '../../lib/contract/webhook.ts';
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
