/** Writes the After Effects project among the samples, by the writer that the tests use: no After Effects was asked. */
import { writeFile } from 'node:fs/promises';
import { cardProject } from '../test/support/card-project.ts';

await writeFile('samples/templates/business-card.aep', cardProject());
