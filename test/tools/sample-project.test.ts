import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { cardProject } from '../support/card-project.ts';

describe('the After Effects project among the samples', () => {
  it('is what the writer writes today: node tools/write-sample-project.ts', () => {
    const sample = readFileSync(new URL('../../samples/templates/business-card.aep', import.meta.url));
    assert.ok(sample.equals(cardProject()));
  });
});
