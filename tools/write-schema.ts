/** Writes `schema.json`, by which an editor completes a batch file. Run it when a schema in `lib/contract/` has changed. */
import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { batchSchema } from '../lib/plan/request.ts';

const schema = z.toJSONSchema(batchSchema, { io: 'input', unrepresentable: 'any', reused: 'ref' });
await writeFile('schema.json', `${JSON.stringify({ title: 'A batch of aerender-batch', ...schema }, null, 2)}\n`);
