import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { faceNumber, instanceNumber } from './font.ts';
import { instancesIn } from './sfnt.ts';

/** The part of HarfBuzz that writes fonts, which has no interface of its own in the package. */
interface Subsetter {
  memory: { buffer: ArrayBuffer };
  malloc(bytes: number): number;
  hb_blob_create(at: number, length: number, mode: number, data: number, destroy: number): number;
  hb_blob_get_data(blob: number, length: number): number;
  hb_blob_get_length(blob: number): number;
  hb_face_create(blob: number, index: number): number;
  hb_face_reference_blob(face: number): number;
  hb_subset_input_create_or_fail(): number;
  hb_subset_input_keep_everything(input: number): void;
  hb_subset_input_pin_axis_location(input: number, face: number, tag: number, value: number): number;
  hb_subset_or_fail(face: number, input: number): number;
  _initialize(): void;
}

/** The types of Node leave these out. */
interface WebAssemblyInterface {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: unknown };
}

let compiled: object | undefined;

/** Each font gets an instance of its own, whose memory goes with it. */
function startSubsetter(): Subsetter {
  const path = createRequire(import.meta.url).resolve('harfbuzzjs/dist/harfbuzz-subset.wasm');
  const { Module, Instance } = Reflect.get(globalThis, 'WebAssembly') as WebAssemblyInterface;
  compiled ??= new Module(readFileSync(path));
  const subsetter = new Instance(compiled, {}).exports as Subsetter;
  subsetter._initialize();
  return subsetter;
}

const READ_ONLY = 1;

/**
 * A font of one named instance of a variable font, without axes: neither Skia nor the glyphs that we draw ourselves know
 * of variations then. `fvar` is the table of the face. Throws where HarfBuzz cannot make it.
 * Source: HarfBuzz's manual, "hb-subset".
 */
export function namedInstance(font: Uint8Array, index: number, fvar: Buffer): Buffer {
  const instance = instancesIn(fvar)[instanceNumber(index) - 1];
  if (instance === undefined) throw new Error('the font has no such named instance');
  const harfbuzz = startSubsetter();
  const at = harfbuzz.malloc(font.length);
  new Uint8Array(harfbuzz.memory.buffer).set(font, at);
  const face = harfbuzz.hb_face_create(harfbuzz.hb_blob_create(at, font.length, READ_ONLY, 0, 0), faceNumber(index));
  const input = harfbuzz.hb_subset_input_create_or_fail();
  harfbuzz.hb_subset_input_keep_everything(input);
  for (const [tag, value] of instance.coordinates)
    harfbuzz.hb_subset_input_pin_axis_location(input, face, Buffer.from(tag, 'latin1').readUInt32BE(), value);
  const made = harfbuzz.hb_subset_or_fail(face, input);
  if (made === 0) throw new Error('the named instance of the font cannot be made');
  const blob = harfbuzz.hb_face_reference_blob(made);
  const from = harfbuzz.hb_blob_get_data(blob, 0);
  return Buffer.from(harfbuzz.memory.buffer.slice(from, from + harfbuzz.hb_blob_get_length(blob)));
}
