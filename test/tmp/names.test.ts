/** Names that say whose a temporary entry is (facts of the project §4.2; §7, cases 49–51). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import { knownName } from '../../src/tmp/names/names.ts';
import { judged } from '../support/judged.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file } from '../support/tree.ts';

const verdictOf = (name: string): string | undefined => knownName(fromText(name))?.known.verdict;

test('49: what each name means', () => {
  const expected = {
    protect:
      'snap-private-tmp .snap snap.rootfs_x .X11-unix .ICE-unix .X0-lock tmux-1000 screens uscreens dbus-abc pulse-x ' +
      'krb5cc_1000 xauth_abc podman-run-1000 containers-user-1000 storage-run-1000 kafka-logs zookeeper hadoop-ada ' +
      'mysql.sock .s.PGSQL.5432 mongodb-27017.sock .mount_Appxyz cores kdecache-ada lost+found aquota.user .journal ' +
      '.nfs0001 .fuse_hidden01 a.swp .#a a~ emacs1000 nvim.ada .wine-1000',
    unowned:
      'ssh-XyZ gpg-abc keyring-x hsperfdata_ada clr-debug-pipe-12-1-in dotnet-diagnostic-12-1-socket tomcat.8080.1 ' +
      'spark-abc _MEIabcdef appimage_extracted_1 .org.chromium.Chromium.abc puppeteer_dev_chrome_profile-x pymp-abc ' +
      'torch_x nix-build-x.drv-0 yay makepkg-x dracut.x apt-dpkg-install-x wandb-x claude-1000 systemd-private-abc-x',
    stale:
      'buildah123 container_images_1 storage42 pip-install-x npm-1-x yarn--1 go-build123 gopls-1 rustcabc cargo-installx ' +
      'ccabc123.s clang-x bazel_x flatpak-cache-X ansible_x tmp.ABCDEFGHIJ tmpabcd1234',
    user: 'big.iso backup.tar.gz dump.sql heap.hprof disk.img film.mkv',
  };
  for (const [verdict, list] of Object.entries(expected))
    for (const name of list.split(' ')) assert.equal(verdictOf(name), verdict, name);
  for (const name of ['work', 'a.txt', 'x', 'snapshot', 'data.json'])
    assert.equal(verdictOf(name), undefined, name);
});

test('49: protected names stay, the others are told for what they are', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, {
    'tmux-0': directory(),
    'podman-run-1000': directory({ a: file(1) }),
    buildah123: directory({ a: file(1) }),
    'work.swp': file(1),
  });
  const { verdicts, unit } = await judged(`${folder.path}/root`);
  assert.deepEqual(verdicts, {
    'tmux-0': 'protected',
    'podman-run-1000': 'protected',
    buildah123: 'deletable',
    'work.swp': 'protected',
  });
  assert.deepEqual(
    [unit('buildah123').what, unit('buildah123').rule],
    ['podman build scratch', 'name:buildah*'],
  );
  assert.equal(unit('tmux-0').keepReason, 'protected-name');
});

test("large files that may be somebody's go only when --older was given", async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, { 'a.iso': file(1), 'b.tar.gz': file(1), other: file(1) });
  assert.deepEqual((await judged(`${folder.path}/root`, { olderIsExplicit: false })).verdicts, {
    'a.iso': 'protected',
    'b.tar.gz': 'protected',
    other: 'deletable',
  });
  assert.deepEqual((await judged(`${folder.path}/root`)).verdicts, {
    'a.iso': 'deletable',
    'b.tar.gz': 'deletable',
    other: 'deletable',
  });
});

test('--keep takes names and paths', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, {
    'mine-1': file(1),
    'mine-2': file(1),
    yours: directory({ mine: file(1) }),
  });
  const byName = await judged(`${folder.path}/root`, { keep: ['mine-*'] });
  assert.deepEqual(byName.verdicts, { 'mine-1': 'protected', 'mine-2': 'protected', yours: 'deletable' });
  assert.equal(byName.unit('mine-1').keepReason, 'keep-option');
  const byPath = await judged(`${folder.path}/root`, { keep: [`${folder.path}/root/yours`] });
  assert.deepEqual(byPath.verdicts, { 'mine-1': 'deletable', 'mine-2': 'deletable', yours: 'protected' });
});
