/** What of mediabunny we use, by name: loaded late as a whole, the built package would have all that it can write as well. */
export { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
