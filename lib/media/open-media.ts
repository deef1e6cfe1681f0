import type { Demuxer } from 'node-av';
import { FORMATS, refuseReferences } from './foreign-media.ts';
import { nodeAv } from './native.ts';

/** If a file slips through, it can at least not connect to anything. */
const OPTIONS = { options: { protocol_whitelist: 'file', format_whitelist: FORMATS } };

/** Opens a video or picture of somebody else's with FFmpeg. Throws an `Error` with a reason. */
export async function openMedia(path: string): Promise<Demuxer> {
  refuseReferences(path);
  return await nodeAv().Demuxer.open(path, OPTIONS);
}

export function openMediaSync(path: string): Demuxer {
  refuseReferences(path);
  return nodeAv().Demuxer.openSync(path, OPTIONS);
}
