/** Compiled, never run: what a job with a template's types may say, and what does not compile. */
import type { BatchInput, TemplateJob } from '../../lib/index.ts';
import type { Invitation } from '../../samples/templates/invitation.types.ts';

type Job = TemplateJob<Invitation>;
const template = { id: '01J00000000000000000000000', composition: 'main' } as const;

export const good: Job = {
  template,
  assets: [
    { type: 'text', layerName: 'name', value: 'Ada Lovelace' },
    { type: 'image', layerName: 'photo', src: 'ada.png' },
    { type: 'data', layerName: 'accent', property: 'Effects->Fill->Color', value: [1, 0, 0], composition: 'main' },
    { type: 'job', layerName: 'lower third', template: { id: 'x', composition: 'main' }, assets: [] },
    { type: 'static', src: 'a.txt', name: 'a.txt' },
    { type: 'function', name: 'nx:layer-state-set', layerName: ['name', 'photo'], params: { state: 'hidden' } },
    { type: 'function', name: 'nx-solid-color-set', layerName: 'accent', params: { color: [1, 0, 0] } },
    { type: 'function', name: 'nx:comp-duration-set', params: { value: 5 } },
  ],
  settings: { codec: 'video_prores_422' },
};

/** A typed job is a job. */
export const batch: BatchInput = { jobs: [good] };

export const misspeltLayer: Job = {
  template,
  // @ts-expect-error The layer is called 'name'.
  assets: [{ type: 'text', layerName: 'Name', value: '' }],
};

export const wrongKind: Job = {
  template,
  // @ts-expect-error A text layer shows no picture.
  assets: [{ type: 'image', layerName: 'name', src: 'ada.png' }],
};

export const misspeltComposition: Job = {
  // @ts-expect-error The composition is called 'main'.
  template: { ...template, composition: 'Main' },
};

export const otherComposition: Job = {
  template,
  // @ts-expect-error There is no such composition.
  assets: [{ type: 'text', layerName: 'name', composition: 'intro', value: '' }],
};

export const misspeltFunction: Job = {
  template,
  // @ts-expect-error It is called 'nx:layer-remove'.
  assets: [{ type: 'function', name: 'nx:layer-delete', layerName: 'name' }],
};

export const functionOnWrongKind: Job = {
  template,
  // @ts-expect-error A text is no solid.
  assets: [{ type: 'function', name: 'nx:solid-color-set', layerName: 'name', params: { color: [1, 0, 0] } }],
};
