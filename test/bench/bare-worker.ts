import { execa } from 'execa';

/** What a pool does at the least: start the program and wait for its end. */
export default async function work({ file, args }: { file: string; args: string[] }): Promise<void> {
  await execa(file, args);
}
