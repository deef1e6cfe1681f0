interface Rational {
  num: number;
  den: number;
}

/** A container wants whole numbers: 29.97 is 30000/1001, as everywhere in video. */
export function rationalFrameRate(rate: number): Rational {
  const nominal = Math.round(rate);
  if (Math.abs(rate - nominal) < 1e-6) return { num: nominal, den: 1 };
  const ntsc = Math.round((rate * 1001) / 1000);
  if (Math.abs(rate - (ntsc * 1000) / 1001) < 0.005) return { num: ntsc * 1000, den: 1001 };
  return { num: Math.round(rate * 1000), den: 1000 };
}
