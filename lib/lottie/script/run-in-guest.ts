import { accessSync } from 'node:fs';
import { z } from 'zod';
import { type LottieDocument, parseLottie } from '../document/index.ts';
import type { ProbeFootage } from '../object-model/project.ts';
import type { Guest } from '../sandbox/guest.ts';
import { startGuest } from '../sandbox/relay.ts';
import type { ScriptAnswer, ScriptTask } from './script-messages.ts';

/** For the document and the fonts; a script of a job needs little. */
const MEMORY_MB = 1_024;
/** To start, and to hand over the document. */
const GRACE_MS = 20_000;
/** A script that writes without end is stopped, and with it the memory that its lines take. */
const MOST_LINES = 100_000;

const messageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('line'), text: z.string() }),
  z.strictObject({ kind: z.literal('document'), json: z.string() }),
  z.strictObject({ kind: z.literal('failed'), message: z.string() }),
]);
const questionSchema = z.strictObject({ path: z.string() });

interface GuestScriptOptions {
  /** Folders that the script may read: the work folder of the job. */
  read: readonly string[];
  probe: ProbeFootage;
  /** What the script writes with `$.writeln`. */
  onLine: (line: string) => void;
}

/**
 * Runs a script on a document in a process of its own, and returns the document after it. What comes back is read like
 * any other input. Throws an `Error` with the script's own message.
 */
export async function runScriptInGuest(
  task: ScriptTask,
  { read, probe, onLine }: GuestScriptOptions,
): Promise<LottieDocument> {
  let guest: Guest | undefined;
  let timer: NodeJS.Timeout | undefined;
  let lines = 0;
  try {
    const json = await new Promise<string>((resolve, reject) => {
      const message = (said: unknown) => {
        const parsed = messageSchema.safeParse(said);
        if (!parsed.success) return reject(new Error('the process of the script said what cannot be read'));
        const { data } = parsed;
        if (data.kind === 'document') resolve(data.json);
        else if (data.kind === 'failed') reject(new Error(data.message));
        else if (lines < MOST_LINES) onLine(data.text);
        else reject(new Error(`the script wrote more than ${MOST_LINES} lines`));
        lines += 1;
      };
      const question = (line: string) => guest?.answer(JSON.stringify(answerTo(line, probe)));
      const ended = () => reject(new Error('the process of the script was lost; it took too much memory or time'));
      guest = startGuest('script', { memoryMb: MEMORY_MB, read }, { message, question, ended });
      timer = setTimeout(() => guest?.kill(), task.timeoutMs + GRACE_MS);
      guest.send(task);
    });
    return parseLottie(Buffer.from(json));
  } finally {
    clearTimeout(timer);
    guest?.kill();
  }
}

function answerTo(line: string, probe: ProbeFootage): ScriptAnswer {
  try {
    const { path } = questionSchema.parse(JSON.parse(line));
    // Native code opens it, which no permission binds; this is refused where the renderer may not read the file.
    accessSync(path);
    return { facts: probe(path) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}
