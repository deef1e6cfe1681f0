import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { InspectionThread } from '../../lib/inspection/thread.ts';
import { SAMPLES } from '../support/engine.ts';

const font = fileURLToPath(new URL('../../assets/fonts/Inter-Bold.ttf', import.meta.url));

describe('the inspection of files', () => {
  it('gives up on a call that takes too long, and answers the calls behind it', async (t) => {
    const minute = 60_000;
    const thread = new InspectionThread({ template: 1, font: minute, fontFolders: minute, media: minute });
    t.after(() => thread.close());
    const slow = thread.hash(join(SAMPLES, 'invitation.json'));
    const next = thread.faces(font);
    await assert.rejects(slow, { code: 'TEMPLATE_UNREADABLE', message: /it took longer than 0.001 s/ });
    assert.equal((await next)[0]?.family, 'Inter');
  });
});
