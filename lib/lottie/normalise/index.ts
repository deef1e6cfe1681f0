/**
 * Between the document and Skia: functions from document to document, a file per rule. Pure, so that `create` can tell
 * what a render will tell.
 */
export { modernised } from './repairs/index.ts';
export { fitForSkia } from './skia/index.ts';
