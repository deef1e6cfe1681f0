import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { parseWith } from '../contract/faults.ts';
import type { JobCreationInput } from '../plan/request.ts';
import type { RowOptions } from './jobs.ts';
import type { ReadRowsOptions } from './sheet.ts';

/** What is the same for every row of a sheet, and what its headers stand for: the content of a mapping file. */
const mappingSchema = z.strictObject({
  $schema: z.string().optional(),
  template: z.string().min(1).optional(),
  composition: z.string().min(1).optional(),
  name: z.string().min(1).optional(),
  key: z.string().min(1).optional(),
  delimiter: z.string().length(1).optional(),
  encoding: z.string().min(1).optional(),
  columns: z.record(z.string(), z.string().min(1).nullable()).optional(),
  job: z.looseObject({}).optional(),
});

export type Mapping = Omit<RowOptions, 'inspect'> & ReadRowsOptions;

/**
 * Checks the content of a mapping file. Its template starts from the folder of the file.
 *
 * @throws {ValidationError}
 */
export function parseMapping(value: unknown, file: string): Mapping {
  const { $schema: _, template, job, ...rest } = parseWith(mappingSchema, value);
  const given = Object.fromEntries(Object.entries(rest).filter(([, part]) => part !== undefined));
  return {
    ...given,
    ...(template === undefined ? {} : { template: resolve(dirname(file), template) }),
    ...(job === undefined ? {} : { job: job as Partial<JobCreationInput> }),
  };
}
