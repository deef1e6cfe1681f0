/**
 * `aerender-batch/lottie`: a composition of an After Effects project as a Lottie document, without After Effects, and what
 * of it the document cannot say.
 */
export { readProject, readProjectXml } from '../aep/read-project.ts';
export { compositionDifferences } from './composition-differences.ts';
export { type ExportedDocument, type ExportOptions, exportDocument } from './document.ts';
export { fileNameOf, type UsedFootage } from './footage.ts';
export { type Difference, differenceSentence, type Outcome } from './report.ts';
