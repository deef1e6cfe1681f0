import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forPlayers } from '../../lib/aep-to-lottie/player-document.ts';

function written(source: string): unknown {
  const { layers } = forPlayers({ layers: [{ ks: { r: { x: source } } }] } as never) as never as {
    layers: { ks: { r: { x: string } } }[];
  };
  return layers[0]?.ks.r.x.replace('var $bm_rt;\n', '');
}

describe('expressions for other players', () => {
  it('assign what they give to the name that players read', () => {
    assert.equal(written('time'), '$bm_rt = time');
    assert.equal(written('var a = 1;\na;'), 'var a = 1;\n$bm_rt = a;');
    assert.equal(
      written('if (time > 1) { [1, 2] } else value'),
      'if (time > 1) { $bm_rt = [1, 2] } else $bm_rt = value',
    );
    assert.equal(
      written('try { wiggle(1, 2) } catch (e) { 0 }'),
      'try { $bm_rt = wiggle(1, 2) } catch (e) { $bm_rt = 0 }',
    );
  });

  it('reckon with vectors by functions', () => {
    assert.equal(written('value + [10, 2 * 3]'), '$bm_rt = $bm_sum(value, [10, $bm_mul(2, 3)])');
  });

  it('stay as they are where they are no JavaScript', () => {
    assert.equal(written('Yael & & Rudy'), 'Yael & & Rudy');
  });
});
