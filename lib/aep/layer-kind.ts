import type { LayerKind as TemplateLayerKind } from '../contract/layer-kind.ts';

/** What a layer is, by its class, its source and its switches: of a project it is always known. */
export type LayerKind = Exclude<TemplateLayerKind, 'unknown'>;
