import { fileURLToPath } from 'node:url';

/** Inter, under the Open Font License: the bundled renderer draws with it what asks for a font that is missing. */
export const OWN_FONTS = fileURLToPath(new URL('../../../assets/fonts', import.meta.url));
