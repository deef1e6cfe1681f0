/** What a layer is, by its class, its source and its switches. */
export type LayerKind =
  | 'text'
  | 'footage'
  | 'solid'
  | 'shape'
  | 'null'
  | 'camera'
  | 'light'
  | 'adjustment'
  | 'precomposition'
  | 'audio';
