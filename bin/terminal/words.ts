/** What the library's messages advise in its own calls and options, and how the same is done on the command line. */
const PHRASES: [inCode: RegExp, onCommandLine: string][] = [
  [/say so with the option encoding: '([\w-]+)'/g, 'say so with --encoding $1'],
  [/no (template|composition) is named: give the option \1,/g, 'no $1 is named: give --$1,'],
  [
    /name its aerender in the option aerender\.binaries\.(ae\d+)/g,
    'name its aerender with --aerender $1=<path of aerender>',
  ],
  [/allow it with the option bundled\.allowUnsupported \(--allow-unsupported\)/g, 'allow it with --allow-unsupported'],
  [/(name an FFmpeg program|Name another one) in the option bundled\.ffmpeg/g, '$1 with --ffmpeg <program>'],
  [/Open the engine with allowScripts: true where/g, 'Allow them with --allow-scripts if'],
  [/the engine is open without allowScripts, and runs no scripts of jobs/g, '--allow-scripts was not given'],
  [/Look it up with batches\.list\(\)/g, 'Look it up with: aerender-batch list'],
  [/Look it up with jobs\.list\(\)/g, 'Look it up with: aerender-batch status'],
  [/Look it up with templates\.list\(\)(, or add the file)?/g, 'Look it up with: aerender-batch templates list'],
  [/Look it up with fonts\.list\(\)/g, 'Look it up with: aerender-batch fonts list'],
  [
    /\bTemplate not found$/g,
    'Template not found: no template has this id. Register its file with: aerender-batch templates add <file>, or name the file in template.src',
  ],
  [/register (it|the file) with `?templates\.add`?/gi, 'register $1 with: aerender-batch templates add <file>'],
  [/Add it with fonts\.add/g, 'Add it with: aerender-batch fonts add <file>'],
  [/take the file from outputDir/g, 'take the file from the output folder'],
  [/Choose another outputDir/g, 'Choose another folder with --out'],
  [/put outputDir and the templates on/g, 'put the output folder (--out) and the templates on'],
  [/is ended with \{ running: "kill" \}/g, 'is ended with --kill'],
  [
    /name another one in the option aerender\.outputModules/g,
    'name another one as aerender.outputModules in aerender-batch.config.json',
  ],
];

/** A message of the library in the words of somebody who types commands. `jobId`: the job that it is about. */
export function asOnCommandLine(message: string, jobId: string | null = null): string {
  const words = PHRASES.reduce((text, [inCode, onCommandLine]) => text.replace(inCode, onCommandLine), message);
  return jobId === null ? words : words.replace(/Read the job's log/, `Read its log (aerender-batch logs ${jobId})`);
}
