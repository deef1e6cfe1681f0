/**
 * `aerender-batch/template`: reading a template is useful by itself. `inspectTemplate` says of any kind of template what a
 * job needs to know; `readProject` gives a whole After Effects project, down to its keyframes.
 */
export type * from '../aep/read-project.ts';
export { readProject, readProjectXml } from '../aep/read-project.ts';
export type { TemplateType } from '../contract/formats.ts';
export { type Inspection, inspectTemplate } from './inspect.ts';
export type * from './model.ts';
// Both the project and the small model have kinds of layer; the model's has one for what is not known.
export type { LayerKind } from './model.ts';
