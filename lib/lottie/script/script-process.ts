/**
 * The process in which the script of a job runs on the document: it has no native code, reads the work folder, the
 * package and fonts, and writes nothing. It hands over the document as text.
 */
import { readFileSync, readSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import type { FootageFacts } from '../../media/probe-footage.ts';
import { decodeText } from '../../text-encoding.ts';
import { type LottieDocument, parseLottie } from '../document/index.ts';
import { ProjectFonts } from '../renderer/fonts.ts';
import { type MeasureText, textMeasure } from '../renderer/text-measure.ts';
import { disarm } from './disarm.ts';
import { mayMeasure, runScript } from './run-script.ts';
import type { ScriptAnswer, ScriptMessage, ScriptQuestion, ScriptTask } from './script-messages.ts';

process.once('disconnect', () => process.exit());
process.once('message', async (task: ScriptTask) => {
  try {
    const json = await documentAfter(task);
    send({ kind: 'document', json });
  } catch (error) {
    send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});

async function documentAfter({ json, folder, script, timeoutMs }: ScriptTask): Promise<string> {
  const document = parseLottie(Buffer.from(json));
  const code = decodeText(readFileSync(script));
  const measure = mayMeasure(code) ? await measureOf(folder, document) : {};
  disarm();
  runScript(document, code, basename(script), {
    probe,
    ...measure,
    onLine: (text) => send({ kind: 'line', text }),
    timeoutMs,
    ownProcess: true,
  });
  return JSON.stringify(document);
}

async function measureOf(folder: string, document: LottieDocument): Promise<{ measure: MeasureText }> {
  const fonts = await ProjectFonts.open(folder);
  await fonts.readAll(document);
  return { measure: await textMeasure(fonts) };
}

/** Asks the renderer, which has the decoders; waits for the answer, as `importFile` of a script does. */
function probe(path: string): FootageFacts {
  writeSync(1, `${JSON.stringify({ path } satisfies ScriptQuestion)}\n`);
  const answer = JSON.parse(readLine()) as ScriptAnswer;
  if ('fault' in answer) throw new Error(answer.fault);
  return answer.facts;
}

function readLine(): string {
  const piece = Buffer.alloc(4096);
  let line = '';
  while (!line.endsWith('\n')) {
    const length = readSync(0, piece);
    if (length === 0) throw new Error('the renderer has ended');
    line += piece.toString('utf8', 0, length);
  }
  return line;
}

function send(message: ScriptMessage): void {
  process.send?.(message);
}
