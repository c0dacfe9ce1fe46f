/** Kernels and snap revisions that nothing uses any more. */
import assert from 'node:assert/strict';
import { release } from 'node:os';
import { test } from 'node:test';
import { kernelTree, snapTree } from '../../../fixtures/rules/old-kernels-and-snaps.ts';
import { needsOtherRoot, otherRoot } from '../../support/other-root.ts';

const MIB = 2 ** 20;
const running = release();

test('the running kernel, the newest and a fallback stay', { skip: needsOtherRoot }, async () => {
  const old = ['1.0.0-9-amd64', '1.0.0-28-amd64'];
  using machine = await otherRoot(kernelTree([...old, running, '999.0.0-1-amd64']));
  const [finding, ...more] = await machine.findings('old-kernels-and-snaps');
  assert.deepEqual(more, []);
  assert.equal(finding.title, 'old kernels');
  assert.equal(finding.claimedBytes, 2 * (3.75 * MIB + 4096));
  assert.equal(finding.freeableBytes, finding.claimedBytes);
  assert.equal(finding.evidence[0], '2 kernels are neither running nor next: 1.0.0-28-amd64, 1.0.0-9-amd64');
  assert.equal(
    finding.remedy.command?.split(' ').toSorted().join(' '),
    'apt-get linux-headers-1.0.0-28-amd64 linux-headers-1.0.0-9-amd64 linux-image-1.0.0-28-amd64 linux-image-1.0.0-9-amd64 purge',
  );
});

test('where the newest runs, the one before it is the fallback', { skip: needsOtherRoot }, async () => {
  using machine = await otherRoot(kernelTree(['1.0.0-9-amd64', '1.0.0-10-amd64', running]));
  const [finding] = await machine.findings('old-kernels-and-snaps');
  assert.equal(finding.evidence[0], '1 kernel is neither running nor next: 1.0.0-9-amd64');
});

test('two kernels, one of which runs, are no finding', { skip: needsOtherRoot }, async () => {
  using machine = await otherRoot(kernelTree(['1.0.0-9-amd64', running]));
  assert.deepEqual(await machine.findings('old-kernels-and-snaps'), []);
});

test(
  'of kernels none of which runs nobody can say what may go: they are shown',
  { skip: needsOtherRoot },
  async () => {
    using machine = await otherRoot(kernelTree(['1.0.0-9-amd64', '1.0.0-10-amd64', '1.0.0-11-amd64']));
    const [finding, ...more] = await machine.findings('old-kernels-and-snaps');
    assert.deepEqual(more, []);
    assert.equal(finding.title, 'kernels, none of which runs');
    assert.match(finding.evidence.join('\n'), /3 kernels in \/boot: .*cannot be told from here/su);
    assert.deepEqual([finding.freeableBytes, finding.remedy.command], [0, 'ls -lt /boot']);
  },
);

test('revisions of snaps that are not current', { skip: needsOtherRoot }, async () => {
  using machine = await otherRoot(snapTree);
  const [finding, ...more] = await machine.findings('old-kernels-and-snaps');
  assert.deepEqual(more, []);
  assert.deepEqual([finding.claimedBytes, finding.freeableBytes], [5 * MIB, 3 * MIB]);
  assert.deepEqual(finding.paths, [
    '/var/lib/snapd/snaps/firefox_102.snap',
    '/var/lib/snapd/snaps/firefox_101.snap',
  ]);
  assert.equal(
    finding.remedy.command,
    'snap remove firefox --revision=102 && snap remove firefox --revision=101',
  );
});
