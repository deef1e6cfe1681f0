/**
 * How files begin that name other files or addresses, which a decoder would open: M3U and HLS, FFmpeg's concat, DASH,
 * SDP, PLS, ASX, SMIL and RealMedia's and QuickTime's references. After a byte order mark, white space, or the tag that
 * players skip before a playlist (ID3).
 */
const PLAYLIST =
  /^(#EXTM3U|ffconcat\b|(<\?xml[^>]*>|<!--[\s\S]*?-->|\s)*<(MPD|asx|smil|playlist|SmoothStreamingMedia)\b|v=0\r?\n|\[playlist\]|\[Reference\]|(rtsp|rtmp|https?|file|concat):\/?\/?|RTSPtext)/i;

/** What comes before the mark is short. */
const MOST_CHARACTERS = 4_096;

/** The head of an ID3v2 tag: its mark, its version, its flags, and four times seven bits of its size. */
const ID3_HEAD_BYTES = 10;

/** Whether a file that begins so is a list of other files or addresses, and no medium itself. */
export function isPlaylist(head: Uint8Array): boolean {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const text = bytes.toString('latin1', endOfTag(bytes)).slice(0, MOST_CHARACTERS);
  return PLAYLIST.test(text.replace(/^\u00ef\u00bb\u00bf/, '').trimStart());
}

function endOfTag(bytes: Buffer): number {
  if (bytes.toString('latin1', 0, 3) !== 'ID3' || bytes.length < ID3_HEAD_BYTES) return 0;
  const size = bytes.subarray(6, ID3_HEAD_BYTES).reduce((sum, part) => sum * 128 + (part & 0x7f), 0);
  return ID3_HEAD_BYTES + size;
}

/** Whether it is text throughout, which no picture, film or sound is. */
export function isText(head: Uint8Array): boolean {
  return head.length > 0 && head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}
