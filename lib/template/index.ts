/** `aerender-batch/template`: reading a template is useful by itself. */
export type { TemplateType } from '../contract/template.ts';
export { type Inspection, inspectTemplate } from './inspect.ts';
export type {
  LayerKind,
  TemplateComposition,
  TemplateFont,
  TemplateFootage,
  TemplateLayer,
  TemplateModel,
  TemplateText,
} from './model.ts';
