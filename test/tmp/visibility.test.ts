/**
 * What can be said where not every process shows what it holds (facts of the project §7, cases 41–45): never "nobody
 * holds it" by mistake.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { suite, test } from 'node:test';
import { startHolder } from '../support/holder.ts';
import { judgedElsewhere } from '../support/judged.ts';
import { needsMount, needsOtherUser, needsTool, NOBODY, unless } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file } from '../support/tree.ts';

const FIVE_DAYS = 'nowSeconds: Date.now() / 1000 + 5 * 86_400';

/** Units of the user nobody: one that only he can open, one that anybody can. */
async function unitsOfNobody(root: string): Promise<void> {
  await buildTree(root, {
    private: directory({ a: file(1) }, { mode: 0o700 }),
    public: directory({ a: file(1) }, { mode: 0o755 }),
    'private-file': file(1, { mode: 0o600 }),
    'public-file': file(1, { mode: 0o644 }),
    'free-file': file(1, { mode: 0o644 }),
  });
  execFileSync('chown', ['-R', `${NOBODY.uid}:${NOBODY.gid}`, root]);
}

suite('41: an ordinary user', { skip: needsOtherUser }, () => {
  test('cannot tell of what others may have open', async () => {
    using folder = tempFolder();
    await unitsOfNobody(`${folder.path}/root`);
    using _ = await startHolder('exec 5<"$1" 6<"$2"', [
      `${folder.path}/root/public/a`,
      `${folder.path}/root/public-file`,
    ]);
    const units = judgedElsewhere(`${folder.path}/root`, { ...NOBODY, more: FIVE_DAYS });
    assert.deepEqual([units['public'].verdict, units['public'].keepReason], ['unknown', 'in-use-unknown']);
    assert.match(units['public'].reason, /^\d+ of \d+ processes are not visible to you$/u);
    // Of files the kernel tells, whoever holds them.
    assert.deepEqual([units['public-file'].verdict, units['public-file'].keepReason], ['in-use', 'in-use']);
    assert.match(units['public-file'].reason, /^a process that is not visible to you has it open$/u);
    for (const name of ['private', 'private-file', 'free-file']) {
      assert.equal(units[name].verdict, 'deletable');
      assert.match(units[name].reason, /^nobody has (a file of )?it open, hidden processes included$/u);
    }
    const assumed = judgedElsewhere(`${folder.path}/root`, {
      ...NOBODY,
      more: `${FIVE_DAYS}, assumeUnused: true`,
    });
    // What the kernel says is no assumption.
    assert.deepEqual([assumed['public'].verdict, assumed['public'].keepReason], ['in-use', 'in-use']);
  });

  test('is told by the kernel what root has open of his own', async () => {
    using folder = tempFolder();
    await unitsOfNobody(`${folder.path}/root`);
    using _ = await startHolder('exec 5<"$1" 6<"$2"', [
      `${folder.path}/root/private/a`,
      `${folder.path}/root/private-file`,
    ]);
    const units = judgedElsewhere(`${folder.path}/root`, NOBODY);
    assert.deepEqual([units['private'].verdict, units['private-file'].verdict], ['in-use', 'in-use']);
  });

  test('of a directory that others could work in he can tell once nothing happened for a week', async () => {
    using folder = tempFolder();
    await unitsOfNobody(`${folder.path}/root`);
    const verdicts = [5, 8].map((days) => {
      const more = `nowSeconds: Date.now() / 1000 + ${days} * 86_400`;
      return judgedElsewhere(`${folder.path}/root`, { ...NOBODY, more })['public'].verdict;
    });
    assert.deepEqual(verdicts, ['unknown', 'deletable']);
    using _ = await startHolder('exec 5<"$1"', [`${folder.path}/root/public/a`]);
    assert.equal(judgedElsewhere(`${folder.path}/root`, NOBODY)['public'].verdict, 'in-use');
  });

  test('sees what his own processes hold', async () => {
    using folder = tempFolder();
    await unitsOfNobody(`${folder.path}/root`);
    using _ = await startHolder('exec 5<"$1"', [`${folder.path}/root/private/a`], NOBODY);
    const units = judgedElsewhere(`${folder.path}/root`, { ...NOBODY, more: 'assumeUnused: true' });
    assert.equal(units['private'].verdict, 'in-use');
  });

  test('does not touch what belongs to others', async () => {
    using folder = tempFolder();
    await unitsOfNobody(`${folder.path}/root`);
    mkdirSync(`${folder.path}/root/of-root`);
    chmodSync(`${folder.path}/root`, 0o1777);
    chownSync(`${folder.path}/root`, 0, 0);
    const units = judgedElsewhere(`${folder.path}/root`, NOBODY);
    assert.deepEqual([units['of-root'].verdict, units['of-root'].keepReason], ['protected', 'other-owner']);
  });
});

test(
  '42: /proc with hidepid=2',
  { skip: unless(needsMount, needsOtherUser, needsTool('unshare', 'setpriv')) },
  async () => {
    using folder = tempFolder();
    await unitsOfNobody(`${folder.path}/root`);
    const remount = `mount -t proc -o hidepid=2 proc /proc && exec setpriv --reuid=${NOBODY.uid} --regid=${NOBODY.gid} --clear-groups "$@"`;
    const units = judgedElsewhere(`${folder.path}/root`, {
      under: ['unshare', '--mount', 'sh', '-c', remount, 'sh'],
    });
    for (const { verdict, reason } of Object.values(units)) {
      assert.equal(verdict, 'unknown');
      assert.match(reason, /hidepid/u);
    }
  },
);

test('43: no /proc', { skip: unless(needsMount, needsTool('unshare')) }, async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, { unit: directory({ a: file(1) }, { mode: 0o700 }) });
  const units = judgedElsewhere(`${folder.path}/root`, {
    under: ['unshare', '--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /proc && exec "$@"', 'sh'],
  });
  assert.equal(units['unit'].verdict, 'unknown');
});

test('44: root without CAP_SYS_PTRACE', { skip: unless(needsOtherUser, needsTool('setpriv')) }, async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, {
    unit: directory({ a: file(1) }, { mode: 0o700 }),
    free: file(1),
    held: file(1, { mode: 0o644 }),
  });
  // Another user's process: without the capability root may look at its own only.
  chmodSync(`${folder.path}/root/unit`, 0o755);
  using _ = await startHolder(
    'exec 5<"$1" 6<"$2"',
    [`${folder.path}/root/unit/a`, `${folder.path}/root/held`],
    NOBODY,
  );
  const units = judgedElsewhere(`${folder.path}/root`, {
    under: ['setpriv', '--bounding-set=-sys_ptrace', '--inh-caps=-sys_ptrace'],
  });
  assert.deepEqual(
    ['unit', 'held', 'free'].map((name) => units[name].verdict),
    ['unknown', 'in-use', 'deletable'],
  );
  assert.match(units['unit'].reason, /^\d+ of \d+ processes are not visible to you$/u);
});

test(
  '45: a container that shares the directory',
  { skip: unless(needsMount, needsTool('unshare')) },
  async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/root`, { unit: directory({ a: file(1) }), free: file(1) });
    using _ = await startHolder('exec 5<"$1"', [`${folder.path}/root/unit/a`]);
    const units = judgedElsewhere(`${folder.path}/root`, {
      under: ['unshare', '--pid', '--fork', '--mount-proc'],
    });
    for (const name of ['unit', 'free']) {
      assert.equal(units[name].verdict, 'unknown');
      assert.match(units[name].reason, /processes outside this container are out of sight/u);
    }
  },
);
