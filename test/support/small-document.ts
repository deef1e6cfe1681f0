/** Small Lottie documents, in which every pixel is known. */

const fixed = (k: unknown) => ({ a: 0, k });

/** Where a layer stands and how large it is; its anchor is its upper left corner. */
export function transform(x = 0, y = 0, percent = 100) {
  return {
    ...{ o: fixed(100), r: fixed(0), a: fixed([0, 0, 0]) },
    ...{ p: fixed([x, y, 0]), s: fixed([percent, percent, 100]) },
  };
}

export function solidLayer(nm: string, sc: string, x: number, y: number, width: number, height: number, more = {}) {
  return { ty: 1, nm, ip: 0, op: 50, st: 0, sc, sw: width, sh: height, ks: transform(x, y), ...more };
}

export function shapeLayer(shapes: object[], more = {}) {
  return { ty: 4, nm: 'shape', ip: 0, op: 50, st: 0, ks: transform(), shapes, ...more };
}

/** Shape items, and where they stand. */
export function group(it: object[], more = {}) {
  const place = { p: fixed([0, 0]), a: fixed([0, 0]), s: fixed([100, 100]), r: fixed(0), o: fixed(100) };
  return { ty: 'gr', nm: 'group', it: [...it, { ty: 'tr', ...place, ...more }] };
}

export function rectangle(size: [number, number], center: [number, number]) {
  return { ty: 'rc', d: 1, s: fixed(size), p: fixed(center), r: fixed(0) };
}

/** With straight sides. */
export function path(corners: number[][], closed = true) {
  const straight = corners.map(() => [0, 0]);
  return { ty: 'sh', ks: { a: 0, k: { c: closed, v: corners, i: straight, o: straight } } };
}

export function fill([red, green, blue]: [number, number, number] = [1, 1, 1]) {
  return { ty: 'fl', c: fixed([red, green, blue, 1]), o: fixed(100), r: 1 };
}

export function stroke(width: number, [red, green, blue]: [number, number, number] = [1, 1, 1]) {
  return { ty: 'st', c: fixed([red, green, blue, 1]), o: fixed(100), w: fixed(width), lc: 1, lj: 1, ml: 4 };
}

/** White, in Inter; with a `box` its lines break within it. */
export function textLayer(nm: string, t: string, at: [number, number], size: number, box?: [number, number]) {
  const room = box === undefined ? {} : { sz: box, ps: [0, 0] };
  const document = { t, f: 'Inter-Regular', s: size, lh: size * 1.2, fc: [1, 1, 1], ...room };
  return { ty: 5, nm, ip: 0, op: 50, st: 0, ks: transform(...at), t: { d: { k: [{ t: 0, s: document }] } } };
}

/** Two seconds of 200 by 100 pixels at 25 frames. */
export function smallDocument(layers: object[], assets: object[] = []) {
  return {
    ...{ v: '5.7.0', fr: 25, ip: 0, op: 50, w: 200, h: 100, nm: 'main', assets, layers },
    fonts: { list: [{ fName: 'Inter-Regular', fFamily: 'Inter', fStyle: 'Regular', ascent: 96.9 }] },
  };
}
