/** What kinds of layer there are. `unknown`: of a kind that this library does not know. */
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
  | 'audio'
  | 'unknown';
