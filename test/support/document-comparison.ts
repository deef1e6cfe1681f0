/** Keys that say how a document was made, and not what it looks like: names of assets, places of properties, versions. */
const IGNORED: ReadonlySet<string> = new Set([
  'v',
  'ix',
  'cix',
  'np',
  'l',
  'props',
  'cl',
  'op',
  'tp',
  'ct',
  'ind',
  'id',
  'refId',
  'u',
  'e',
  'n',
  'chars',
  'ascent',
]);

/** Bodymovin rounds to three decimals. */
const TOLERANCE = 0.002;

/**
 * Where a document says something else than Bodymovin's export of the same composition: a line for each value, with its
 * path. What the export does not say is not compared.
 */
export function differencesFrom(exported: unknown, ours: unknown, path = ''): string[] {
  if (typeof exported === 'number' || typeof exported === 'boolean') {
    const [a, b] = [Number(exported), ours === undefined ? 0 : Number([ours].flat()[0])];
    return Math.abs(a - b) <= TOLERANCE ? [] : [`${path}: ${JSON.stringify(ours)} for ${exported}`];
  }
  if (Array.isArray(exported)) {
    // Bodymovin leaves out the shapes that are switched off.
    const list = listOf(ours, exported.length).filter((item) => !isHidden(item) || exported.some(isHidden));
    if (list.length !== exported.length) return [`${path}: ${list.length} for ${exported.length}`];
    return exported.flatMap((value, at) => differencesFrom(value, list[at], `${path}/${at}`));
  }
  if (typeof exported === 'object' && exported !== null) {
    const fields = typeof ours === 'object' && ours !== null ? (ours as Record<string, unknown>) : {};
    return Object.entries(exported).flatMap(([key, value]) =>
      IGNORED.has(key) || (key === 'p' && typeof value === 'string')
        ? []
        : differencesFrom(value, fields[key], `${path}/${key}`),
    );
  }
  return exported === ours ? [] : [`${path}: ${JSON.stringify(ours)} for ${JSON.stringify(exported)}`];
}

/** Tangents that are not there are 0; a single value is a list of one. */
function listOf(ours: unknown, length: number): unknown[] {
  if (Array.isArray(ours)) return ours;
  return ours === undefined ? Array<number>(length).fill(0) : [ours];
}

function isHidden(item: unknown): boolean {
  return typeof item === 'object' && item !== null && 'hd' in item && item.hd === true;
}
