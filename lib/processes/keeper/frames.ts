/**
 * What a worker thread and its keeper say to each other, over the keeper's stdin and stdout: frames of a kind, the number
 * of a process, and bytes.
 *
 * Thread → keeper: `start` (JSON of `ProcessOptions`), `kill`. Keeper → thread: `ready` once, then for each process
 * `started` (JSON of `KnownProcess`), `stdout` and `stderr` (bytes), and `ended` (JSON of `ProcessEnd`) as the last one.
 */
export const KINDS = ['ready', 'start', 'kill', 'started', 'stdout', 'stderr', 'ended'] as const;
type FrameKind = (typeof KINDS)[number];

export interface Frame {
  kind: FrameKind;
  /** The number of the process, chosen by the thread. */
  id: number;
  payload: Buffer;
}

/** One byte for the kind, four for the id, four for the length of the payload. */
const HEAD_BYTES = 9;
/** Pipes hand over no more than 64 KiB, and arguments are shorter: a longer frame is not one of ours. */
const MOST_BYTES = 64 * 2 ** 20;

export function encodeFrame(kind: FrameKind, id: number, payload: Uint8Array | object = {}): Buffer {
  const bytes = payload instanceof Uint8Array ? payload : Buffer.from(JSON.stringify(payload));
  const frame = Buffer.allocUnsafe(HEAD_BYTES + bytes.length);
  frame.writeUInt8(KINDS.indexOf(kind), 0);
  frame.writeUInt32LE(id, 1);
  frame.writeUInt32LE(bytes.length, 5);
  frame.set(bytes, HEAD_BYTES);
  return frame;
}

/** Takes frames out of a stream, whose reads may end anywhere. */
export class FrameReader {
  readonly #onFrame: (frame: Frame) => void;
  #rest: Buffer = Buffer.alloc(0);

  constructor(onFrame: (frame: Frame) => void) {
    this.#onFrame = onFrame;
  }

  /** Throws if the stream holds something else. */
  write(chunk: Buffer): void {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (bytes.length >= HEAD_BYTES) {
      const kind = KINDS[bytes.readUInt8(0)];
      const length = bytes.readUInt32LE(5);
      if (kind === undefined || length > MOST_BYTES) throw new Error('this is not the stream of a keeper');
      if (bytes.length < HEAD_BYTES + length) break;
      this.#onFrame({ kind, id: bytes.readUInt32LE(1), payload: bytes.subarray(HEAD_BYTES, HEAD_BYTES + length) });
      bytes = bytes.subarray(HEAD_BYTES + length);
    }
    this.#rest = bytes;
  }
}

export function payloadOf<Value>({ payload }: Frame): Value {
  return JSON.parse(payload.toString()) as Value;
}
