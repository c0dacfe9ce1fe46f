/** The plan for `free`: safe before review, cheap before dear, never a `never`, no step more than needed, and honest. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Action, Loss, Remedy, Risk } from '../../src/model/action.ts';
import { fromText } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import type { Finding } from '../../src/model/finding.ts';
import { freeableBytes, planFree } from '../../src/remedies/remedies.ts';

const GIB = 2 ** 30;

interface Offer {
  readonly gib: number;
  readonly risk?: Risk;
  readonly loses?: Loss;
  readonly certainty?: 'exact' | 'at-least' | 'unknown';
  readonly hasBlanks?: boolean;
  readonly missing?: boolean;
}

function offering({ gib, risk = 'safe', loses = 'regenerable', ...more }: Offer): Finding {
  const action: Action = {
    kind: 'owner-command',
    owner: 'npm',
    argv: [fromText('npm')],
    actsOn: 'running',
    hasBlanks: more.hasBlanks === true,
    frees: { bytes: gib * GIB, certainty: more.certainty ?? 'exact' },
    loses,
    risk,
  };
  const remedy: Remedy = {
    action,
    commands: [action.argv],
    line: 'npm',
    missingTool: more.missing === true ? 'npm' : undefined,
  };
  return {
    rule: 'trash',
    places: [],
    isFinders: false,
    diskBytes: gib * GIB,
    claimedBytes: Math.max(1, gib * GIB),
    freeableBytes: gib * GIB,
    paths: [],
    risk,
    remedies: [remedy],
    refusals: [],
  };
}

const planned = (offers: readonly Offer[], gib: number): ReturnType<typeof planFree> =>
  planFree(offers.map(offering), gib * GIB, { mountPoint: '/' as ByteString, availableBytes: 0 });

const sizes = (plan: ReturnType<typeof planFree>): number[] => plan.steps.map(({ bytes }) => bytes / GIB);

test('safe before review, cheap before dear, and no more than needed', () => {
  const offers: Offer[] = [
    { gib: 40, risk: 'review', loses: 'log-lines' },
    { gib: 6 },
    { gib: 3 },
    { gib: 9, risk: 'review', loses: 'crash-evidence' },
  ];
  assert.deepEqual(sizes(planned(offers, 3)), [3]);
  assert.deepEqual(sizes(planned(offers, 8)), [6, 3]);
  assert.deepEqual(sizes(planned(offers, 15)), [6, 9]);
  const plan = planned(offers, 50);
  assert.ok(plan.isEnough);
  assert.ok(plan.steps.every((step) => step.bytes > 0));
});

test('what cannot be run as it stands is a decision, and the plan says that it is not enough', () => {
  const plan = planned(
    [
      { gib: 1 },
      { gib: 50, hasBlanks: true },
      { gib: 60, missing: true },
      { gib: 70, risk: 'never' },
      { gib: 0, certainty: 'unknown' },
    ],
    10,
  );
  assert.deepEqual([sizes(plan), plan.isEnough], [[1], false]);
  assert.deepEqual(
    plan.decisions.map(({ why }) => why),
    ['never', 'missing-tool', 'blanks', 'unknown-bytes'],
  );
});

test('what can be had in all is what a plan for everything would give, and no more than can be run', () => {
  const offers: Offer[] = [
    { gib: 2 },
    { gib: 5, risk: 'review', certainty: 'at-least' },
    { gib: 9, missing: true },
    { gib: 9, hasBlanks: true },
    { gib: 9, risk: 'never' },
    { gib: 0, certainty: 'unknown' },
  ];
  const all = freeableBytes(offers.map(offering));
  assert.deepEqual(all, {
    safeBytes: 2 * GIB,
    reviewBytes: 5 * GIB,
    safeCommands: 1,
    reviewCommands: 1,
    openCommands: 1,
    isExact: false,
  });
  assert.equal(planned(offers, 1000).plannedBytes, all.safeBytes + all.reviewBytes);
});

test('any plan: enough if it can be, nothing needless, never a never, in order', () => {
  const offer = fc.record({
    gib: fc.integer({ min: 0, max: 50 }),
    risk: fc.constantFrom<Risk>('safe', 'review', 'never'),
    loses: fc.constantFrom<Loss>('regenerable', 'log-lines', 'content', 'leftovers'),
    hasBlanks: fc.boolean(),
    missing: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(offer, { maxLength: 12 }), fc.integer({ min: 1, max: 200 }), (offers, gib) => {
      const plan = planned(offers, gib);
      const sum = (bytes: readonly number[]): number => bytes.reduce((all, one) => all + one, 0);
      const possible = sum([...plan.steps, ...plan.spare].map(({ bytes }) => bytes));
      assert.equal(plan.isEnough, possible >= gib * GIB);
      assert.equal(plan.plannedBytes, sum(plan.steps.map(({ bytes }) => bytes)));
      assert.ok([...plan.steps, ...plan.spare].every((step) => step.risk !== 'never'));
      for (const step of plan.steps)
        if (plan.isEnough) assert.ok(plan.plannedBytes - step.bytes < gib * GIB, 'a needless step');
      const risks = plan.steps.map(({ risk }) => risk);
      assert.deepEqual(
        risks,
        risks.toSorted((a, b) => Number(a === 'review') - Number(b === 'review')),
      );
      // A step of more risk only where those of less do not suffice.
      if (risks.includes('review')) {
        const safe = [...plan.steps, ...plan.spare].filter((step) => step.risk === 'safe');
        assert.ok(sum(safe.map(({ bytes }) => bytes)) < gib * GIB);
      }
    }),
  );
});
