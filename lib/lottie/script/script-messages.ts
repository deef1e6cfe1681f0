import type { FootageFacts } from '../../media/probe-footage.ts';

/** What the process of a script is to do. Paths are absolute. */
export interface ScriptTask {
  /** The document, with the paths of its pictures. */
  json: string;
  /** Where the fonts of the project are. */
  folder: string;
  script: string;
  timeoutMs: number;
}

export type ScriptMessage =
  | { kind: 'line'; text: string }
  /** The document after the script, as JSON. */
  | { kind: 'document'; json: string }
  | { kind: 'failed'; message: string };

/** What the process asks while its script waits, as one line of JSON: the path of a file that the script imports. */
export type ScriptQuestion = { path: string };

export type ScriptAnswer = { facts: FootageFacts } | { fault: string };
