/** Core dumps, told by their headers. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { coreDumpTree, noCoreDumpTree } from '../../../fixtures/rules/core-dumps.ts';
import { needsOtherRoot, otherRoot } from '../../support/other-root.ts';
import { needsTool, unless } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const MIB = 2 ** 20;

/** The dump of a real process, made by gdb. */
function realCore(): string {
  using folder = tempFolder();
  const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
  try {
    execFileSync('gcore', ['-o', `${folder.path}/core`, String(child.pid)], { stdio: 'ignore' });
    return readFileSync(`${folder.path}/core.${child.pid}`, 'latin1');
  } finally {
    child.kill('SIGKILL');
  }
}

test(
  'dumps are counted by program, kind by kind',
  { skip: unless(needsOtherRoot, needsTool('gcore')) },
  async () => {
    using machine = await otherRoot(coreDumpTree(realCore()));
    const [first, second, third, ...more] = await machine.findings('core-dumps');
    assert.deepEqual(more, []);
    assert.deepEqual(
      [first, second, third].map(({ title, claimedBytes, risk }) => [title, claimedBytes, risk]),
      [
        // With the directory itself, which takes no blocks in memory.
        ['core dumps', 3 * MIB, 'safe'],
        ['Java heap dumps', 3 * MIB, 'review'],
        ['core dumps', 2 * MIB, 'review'],
      ],
    );
    assert.equal(first.evidence[0], '3 core dumps of nginx (2), my app (1)');
    assert.equal(third.evidence[0], '1 ELF core dump of cat (1)');
    assert.equal(third.remedy.command, 'rm -- /srv/app/core.4711');
  },
);

test('a name is no proof of a core dump', { skip: needsOtherRoot }, async () => {
  using machine = await otherRoot(noCoreDumpTree);
  assert.deepEqual(await machine.findings('core-dumps'), []);
});
