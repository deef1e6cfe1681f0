/**
 * Runs the long forms of what the suite does shortly: 100 kills at random moments, two hosts on one file for ten minutes,
 * thousands of hostile documents and archives, tens of thousands of mutated projects, a soak of ten minutes. It takes about
 * half an hour. `AERENDER_BATCH_…` in the environment changes a number.
 */
import { execa } from 'execa';

const NUMBERS = {
  AERENDER_BATCH_KILLS: '100',
  AERENDER_BATCH_HOSTS_SECONDS: '600',
  AERENDER_BATCH_FUZZ: '42000',
  AERENDER_BATCH_SOAK: '600',
};
const FILES = [
  'test/engine/journal.test.ts',
  'test/engine/random-operations.test.ts',
  'test/aep/hostile.test.ts',
  'test/lottie/document/document.test.ts',
  'test/lottie/normalise/damaged.test.ts',
  'test/lottie/renderer/mutated.test.ts',
  'test/template/archive/unpack-template.test.ts',
];

const { exitCode } = await execa(process.execPath, ['tools/run-tests.ts', ...FILES], {
  stdio: 'inherit',
  reject: false,
  env: { ...NUMBERS, ...process.env },
});
process.exitCode = exitCode ?? 1;
