/** Builds the package: the code to `dist/`, with the files beside it that it reads. */
import { statSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { execa } from 'execa';

await rm('dist', { recursive: true, force: true });
await execa('tsc', ['-p', 'tsconfig.build.json'], { preferLocal: true, stdio: 'inherit' });
await cp('assets', 'dist/assets', { recursive: true });
// The ExtendScript that jobs run: it is read, not imported.
const isScript = (path: string) => statSync(path).isDirectory() || path.endsWith('.jsx');
await cp('lib', 'dist/lib', { recursive: true, filter: isScript });
