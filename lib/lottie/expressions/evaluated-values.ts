import { z } from 'zod';
import type { Sample } from './model.ts';

const numbers = z.array(z.number());
const points = z.array(numbers);
const path = z.strictObject({ v: points, i: points, o: points, c: z.boolean() });
const samples = z.array(z.tuple([z.number(), z.union([numbers, z.string(), path])]));
const failures = z.array(z.tuple([z.number(), z.string()]));

/**
 * What comes out of the process of the expressions is looked at like any other input: it goes into the document that
 * native code draws.
 */
export function readSamples(text: string): Sample[] {
  return samples.parse(JSON.parse(text));
}

/** Reasons by the number of the expression. */
export function readFailures(text: string): Map<number, string> {
  return new Map(failures.parse(JSON.parse(text)));
}
