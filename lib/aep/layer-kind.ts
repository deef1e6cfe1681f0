import type { LayerKind as TemplateLayerKind } from '../contract/library.ts';

/** What a layer is, by its class, its source and its switches: of a project it is always known. */
export type LayerKind = Exclude<TemplateLayerKind, 'unknown'>;
