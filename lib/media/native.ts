import { Log } from 'node-av';
import { AV_LOG_ERROR } from 'node-av/constants';

// FFmpeg writes its notes to stderr, where they would look like words of the renderer.
Log.setLevel(AV_LOG_ERROR);

export * from 'node-av';
