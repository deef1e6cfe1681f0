import { createRequire } from 'node:module';

type NodeAv = typeof import('node-av');

let loaded: NodeAv | undefined;

/** FFmpeg, as node-av brings it. To load it takes a tenth of a second, so it waits for the first video. */
export function nodeAv(): NodeAv {
  loaded ??= load();
  return loaded;
}

function load(): NodeAv {
  const module = createRequire(import.meta.url)('node-av') as NodeAv;
  // FFmpeg writes its notes to stderr, where they would look like words of the renderer.
  module.Log.setLevel(module.AV_LOG_ERROR);
  return module;
}
