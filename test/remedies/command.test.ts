/** Actions as commands: words for programs, lines for people, sudo and users where they are needed, other roots. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Action, Deed } from '../../src/model/action.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { insideRoot } from '../../src/remedies/another-root.ts';
import { remedyOf } from '../../src/remedies/command.ts';

const words = (...argv: string[]): ByteString[] => argv as ByteString[];

const action = (deed: Deed, needs: Action['needs'] = {}): Action => ({
  ...deed,
  frees: { bytes: 1, certainty: 'exact' },
  loses: 'nothing',
  risk: 'review',
  needs,
});

function line(
  deed: Deed,
  {
    isRoot = true,
    needs = {},
    tools = true,
  }: { isRoot?: boolean; needs?: Action['needs']; tools?: boolean } = {},
): string | undefined {
  return remedyOf(action(deed, needs), { isRoot, hasTool: () => tools }).line;
}

const npm: Deed = {
  kind: 'owner-command',
  owner: 'npm-cacache',
  argv: words('npm', 'cache', 'clean', '--force'),
  actsOn: 'running',
  hasBlanks: false,
};

test('each kind of deed as a line', () => {
  const unit = { what: 'unit', name: 'a b.service' } as const;
  assert.equal(
    line({ kind: 'restart-holder', holder: unit }, { isRoot: false, needs: { root: true } }),
    "sudo systemctl restart 'a b.service'",
  );
  assert.equal(
    line({ kind: 'stop-writer', holder: { what: 'container', name: 'web', engine: 'docker' } }),
    'docker update --restart=no web && docker stop web',
  );
  assert.equal(
    line({ kind: 'restart-holder', holder: { what: 'process', pid: 7, command: words('x')[0] } }),
    undefined,
  );
  assert.equal(
    line({ kind: 'vacuum-journal', directory: words('/mnt/a b')[0], keepBytes: 2 ** 28, rotate: false }),
    "journalctl -D '/mnt/a b' --vacuum-size=256M",
  );
  assert.equal(
    line(
      { kind: 'detach-loop', device: words('/dev/loop3')[0], mountPoint: words('/x')[0] },
      { isRoot: false, needs: { root: true } },
    ),
    'sudo umount /x && sudo losetup -d /dev/loop3',
  );
  assert.equal(
    line({ kind: 'delete-with-diskwhy', roots: words('/tmp'), options: ['--older', '2d'] }),
    'diskwhy tmp --older 2d --delete /tmp',
  );
  assert.equal(
    line({ kind: 'empty-file', paths: words("/var/log/it's.log"), meaning: 'log' }),
    String.raw`truncate -s 0 '/var/log/it'\''s.log'`,
  );
});

test("root runs a user's command as that user, others run it as they are", () => {
  assert.equal(line(npm, { needs: { user: words('ann')[0] } }), "su - ann -c 'npm cache clean --force'");
  assert.equal(line(npm, { isRoot: false, needs: { user: words('ann')[0] } }), 'npm cache clean --force');
});

test('a program that is not here is named', () => {
  assert.equal(remedyOf(action(npm), { isRoot: true, hasTool: () => false }).missingTool, 'npm');
  const own: Deed = { kind: 'delete-with-diskwhy', roots: words('/tmp'), options: [] };
  assert.equal(remedyOf(action(own), { isRoot: true, hasTool: () => false }).missingTool, undefined);
});

test('in another root what needs no daemon runs inside it', () => {
  const root = words('/mnt/sysroot')[0];
  const inside = insideRoot(action(npm, { user: words('ann')[0] }), root)!;
  assert.equal(
    remedyOf(inside, { isRoot: true, hasTool: () => true }).line,
    "chroot /mnt/sysroot su - ann -c 'npm cache clean --force'",
  );
  const apt = { ...npm, argv: words('apt-get', 'clean') };
  assert.equal(
    remedyOf(insideRoot(action(apt), root)!, { isRoot: true, hasTool: () => true }).line,
    'chroot /mnt/sysroot apt-get clean',
  );
  assert.equal(insideRoot(action({ ...npm, argv: words('docker', 'system', 'prune') }), root), undefined);
});
