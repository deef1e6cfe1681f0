import { Command } from 'commander';
import { globalOptions, withEngine } from '../terminal/engine.ts';
import { printEvents } from '../terminal/event-lines.ts';
import { examples } from '../terminal/help.ts';
import { eventsOption, outputForm } from '../terminal/output-form.ts';
import { renderUnfinished } from '../terminal/render-unfinished.ts';
import { type ReportFlags, requireReports, withReportFlags } from '../terminal/reports.ts';
import { unfinishedBatches } from '../terminal/unfinished.ts';

export function resumeCommand(): Command {
  return withReportFlags(new Command('resume'))
    .description('Renders what is left of a batch, or of every batch: after Ctrl-C, a crash or a power cut.')
    .argument('[batchId]', 'all batches with unfinished jobs if left out')
    .addOption(eventsOption())
    .addHelpText(
      'after',
      examples('resume', 'resume 01JD0M5A7Z8QKXW3T9V2B4C6ED', 'resume --results results.csv --report report.html'),
    )
    .action(async (id: string | undefined, own: ReportFlags & { events?: boolean }, command: Command) => {
      const options = globalOptions(command);
      const form = outputForm({ ...options, ...own });
      requireReports(own);
      process.exitCode = await withEngine(options, 'look', async (engine, settings) => {
        if (form === 'events') printEvents(engine);
        const ids = id === undefined ? (await unfinishedBatches(engine)).map(({ batchId }) => batchId) : [id];
        return await renderUnfinished(engine, ids, { form, settings, reports: own });
      });
    });
}
