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
