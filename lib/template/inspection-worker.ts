import type { TemplateType } from '../contract/template.ts';
import { EngineError, type ErrorCode } from '../errors.ts';
import { type Inspection, inspectTemplate } from './inspect.ts';

export interface InspectionTask {
  path: string;
  type: TemplateType | undefined;
}

/** An error loses its class and code between threads, so it crosses as data. */
export type InspectionAnswer = { ok: true; inspection: Inspection } | { ok: false; code: ErrorCode; message: string };

export default async function work({ path, type }: InspectionTask): Promise<InspectionAnswer> {
  try {
    return { ok: true, inspection: await inspectTemplate(path, type) };
  } catch (error) {
    if (error instanceof EngineError) return { ok: false, code: error.code, message: error.message };
    throw error;
  }
}
