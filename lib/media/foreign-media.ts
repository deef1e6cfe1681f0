import { closeSync, openSync, readSync } from 'node:fs';
import { isPlaylist, isText } from './playlist.ts';

/** FFmpeg's formats that hold their pictures themselves: no playlist, no description of a stream. */
export const FORMATS = [
  'mov,matroska,avi,mxf,gxf,asf,flv,ogg,nut,rm,dv,ivf,mpeg,mpegts,mpegvideo,m4v,h264,hevc,av1,obu,mjpeg,yuv4mpegpipe',
  'gif,apng,webp_anim,jpegxl_anim,image2,png_pipe,jpeg_pipe,webp_pipe,tiff_pipe,dpx_pipe,exr_pipe,psd_pipe,bmp_pipe',
  'jpegxl_pipe,j2k_pipe,jpegls_pipe,sgi_pipe,sunrast_pipe,hdr_pipe,qoi_pipe,pam_pipe,ppm_pipe,pgm_pipe,pbm_pipe',
  'pcx_pipe,dds_pipe,cri_pipe,xbm_pipe,xwd_pipe',
].join(',');

const HEAD_BYTES = 64 * 1024;

/**
 * Refuses a file that names other files or addresses, which FFmpeg would open in turn: by its content, before FFmpeg
 * sees it. Throws an `Error` with a reason.
 */
export function refuseReferences(path: string): void {
  const head = headOf(path);
  if (isPlaylist(head)) throw new Error(`${path} is a playlist; give the file that it names`);
  if (isText(head)) throw new Error(`${path} is a text, and holds no picture`);
}

function headOf(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    return head.subarray(0, readSync(file, head, 0, HEAD_BYTES, 0));
  } finally {
    closeSync(file);
  }
}
