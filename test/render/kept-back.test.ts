/** Advice to let a program clear its data says when it holds, where the gate kept that program's command back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { GateReason } from '../../src/model/action.ts';
import { saidOf } from '../../src/render/words/said-of.ts';

function layers(reason?: GateReason): Finding {
  return {
    rule: 'container-storage',
    kind: 'docker-layers',
    directory: fromText('/mnt/docker'),
    parts: [],
    containers: 0,
    running: 0,
    diskBytes: 1,
    claimedBytes: 1,
    freeableBytes: 0,
    paths: [fromText('/mnt/docker')],
    risk: 'never',
    remedies: [],
    refusals:
      reason === undefined
        ? []
        : [{ kind: 'owner-command', reason, path: fromText('/mnt/docker'), pids: [] }],
  };
}

test('a command that was kept back is advised under its condition alone', () => {
  const advice = (reason?: GateReason): string => saidOf(layers(reason), 0).advice;
  assert.match(advice(), /^let Docker remove/u);
  assert.match(
    advice('another-store'),
    /^its program keeps its data in another directory now.*once .*: let Docker/u,
  );
  assert.match(
    advice('foreign-root'),
    /^not from here; once the system that it belongs to runs: let Docker/u,
  );
});
