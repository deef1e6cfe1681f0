/** Pixels of one colour and one alpha (to 255), at a place of the picture. */
export interface WrittenPsdLayer {
  left: number;
  top: number;
  width: number;
  height: number;
  color: readonly [red: number, green: number, blue: number];
  alpha: number;
}

interface WrittenPsd {
  width: number;
  height: number;
  /** From the bottom. */
  layers: readonly WrittenPsdLayer[];
  /** What Photoshop keeps as the picture of all layers: red, green, blue, alpha. */
  merged: readonly [red: number, green: number, blue: number, alpha: number];
}

/** A Photoshop file of 8 bits a channel, without compression. Source: Adobe, "Photoshop File Formats Specification". */
export function writePsd({ width, height, layers, merged }: WrittenPsd): Buffer {
  const head = Buffer.concat([
    Buffer.from('8BPS'),
    uint16(1),
    Buffer.alloc(6),
    uint16(4),
    uint32(height),
    uint32(width),
  ]);
  const mode = Buffer.concat([uint16(8), uint16(3), uint32(0), uint32(0)]);
  const records = layers.map(writeRecord);
  const channels = layers.flatMap(({ width: w, height: h, color, alpha }) =>
    [alpha, ...color].map((value) => Buffer.concat([uint16(0), Buffer.alloc(w * h, value)])),
  );
  // Below zero: the picture of all layers has alpha.
  const info = Buffer.concat([uint16(-layers.length), ...records, ...channels]);
  const whole = Buffer.concat([info, Buffer.alloc((4 - (info.length % 4)) % 4)]);
  const layerPart = Buffer.concat([uint32(whole.length), whole, uint32(0)]);
  const planes = merged.map((value) => Buffer.alloc(width * height, value));
  return Buffer.concat([head, mode, uint32(layerPart.length), layerPart, uint16(0), ...planes]);
}

function writeRecord({ left, top, width, height }: WrittenPsdLayer): Buffer {
  const edges = [top, left, top + height, left + width].map(uint32);
  const length = uint32(width * height + 2);
  const channels = [0xffff, 0, 1, 2].map((id) => Buffer.concat([uint16(id), length]));
  const looks = Buffer.concat([Buffer.from('8BIMnorm'), Buffer.from([255, 0, 0, 0])]);
  // No mask, no ranges, no name.
  const more = Buffer.concat([uint32(0), uint32(0), Buffer.alloc(4)]);
  return Buffer.concat([...edges, uint16(4), ...channels, looks, uint32(more.length), more]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value & 0xffff);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
