/** The mount table: every octal escape, optional fields, and where a path lies on its device. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fromText, joinPath } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import { filesystemKind } from '../../src/model/mount.ts';
import type { Mount } from '../../src/model/mount.ts';
import { mountOf, parseMountinfo, placeOnDevice, readMounts } from '../../src/system/mounts/mounts.ts';
import { visibleMounts } from '../../src/scan/scan.ts';
import { needsLinux } from '../support/requirements.ts';
import { nameArbitrary } from '../support/tree-arbitrary.ts';

const parse = (...lines: readonly string[]): Mount[] => parseMountinfo(`${lines.join('\n')}\n` as ByteString);

/** As the kernel's mangle() writes a name. */
const mangle = (name: string): string =>
  name.replaceAll(/[ \t\n\\#]/gu, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`);

test('the line of proc_pid_mountinfo(5)', () => {
  assert.deepEqual(parse('36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue'), [
    {
      id: 36,
      parentId: 35,
      device: '98:0',
      root: '/mnt1',
      mountPoint: '/mnt2',
      options: ['rw', 'noatime'],
      type: 'ext3',
      source: '/dev/root',
      filesystemOptions: ['rw', 'errors=continue'],
      kind: 'disk',
    },
  ]);
});

test('no optional fields, several, a source that is missing, a line that is none', () => {
  const types = parse(
    '1 0 0:1 / / rw - rootfs rootfs rw',
    '2 1 0:2 / /a rw shared:1 master:2 propagate_from:3 unbindable - tmpfs none rw',
    '3 1 0:3 / /b rw -  - tmpfs',
    '4 1 0:4 / /c rw - fuse.sshfs user@host:/x rw',
    'nonsense',
    '',
  ).map(({ id, type, source }) => [id, type, source]);
  assert.deepEqual(types.slice(0, 2), [
    [1, 'rootfs', 'rootfs'],
    [2, 'tmpfs', 'none'],
  ]);
  assert.deepEqual(types.at(-1), [4, 'fuse.sshfs', 'user@host:/x']);
});

test('names of any bytes come back as they were', () => {
  fc.assert(
    fc.property(nameArbitrary, nameArbitrary, nameArbitrary, (root, mountPoint, source) => {
      const [mount] = parse(
        `7 1 8:1 /${mangle(root)} /a/${mangle(mountPoint)} rw - ext4 ${mangle(source)} rw`,
      );
      assert.deepEqual(
        [mount.root, mount.mountPoint, mount.source],
        [`/${root}`, `/a/${mountPoint}`, source],
      );
    }),
  );
});

test('a name that looks like an escape is escaped itself', () => {
  const [mount] = parse(String.raw`7 1 8:1 / /a\134040b\040c\011d\012e\043f rw - ext4 x rw`);
  assert.equal(mount.mountPoint, '/a\\040b c\td\ne#f');
});

const mount = (id: number, parentId: number, mountPoint: string, more: Partial<Mount> = {}): Mount => ({
  id,
  parentId,
  device: `8:${id}`,
  root: '/' as ByteString,
  mountPoint: mountPoint as ByteString,
  options: ['rw'],
  filesystemOptions: [],
  type: 'ext4',
  source: '/dev/x' as ByteString,
  kind: 'disk',
  ...more,
});

test('the mount of a path is the longest above it, by whole components, the last of equals', () => {
  const mounts = [mount(1, 0, '/'), mount(2, 1, '/srv'), mount(3, 1, '/srv-2'), mount(4, 2, '/srv')];
  const idOf = (path: string): number | undefined => mountOf(mounts, fromText(path))?.id;
  assert.deepEqual(['/', '/etc', '/srv', '/srv/x', '/srv-2/x', '/srv-3'].map(idOf), [1, 1, 4, 4, 3, 1]);
  assert.equal(mountOf([], fromText('/')), undefined);
});

test('placeOnDevice', () => {
  const cases = [
    ['/', '/', '/', '/'],
    ['/', '/', '/home/me', '/home/me'],
    ['/', '/home', '/home', '/'],
    ['/', '/home', '/home/me', '/me'],
    ['/sub', '/mnt', '/mnt', '/sub'],
    ['/sub', '/mnt', '/mnt/x/y', '/sub/x/y'],
    ['/sub', '/', '/', '/sub'],
    ['/sub', '/', '/x', '/sub/x'],
  ];
  for (const [root, mountPoint, path, place] of cases) {
    const one = mount(1, 0, mountPoint, { root: root as ByteString });
    assert.equal(placeOnDevice(one, fromText(path)), place);
  }
});

const join = (parts: readonly string[]): ByteString =>
  parts.reduce<ByteString>((path, part) => joinPath(path, part as ByteString), '/' as ByteString);

test('two views of one directory are one place', () => {
  fc.assert(
    fc.property(fc.array(nameArbitrary, { maxLength: 4 }), fc.nat(4), (names, split) => {
      const above = join(names.slice(0, split));
      const bind = mount(2, 1, '/view', { root: above });
      const through = names
        .slice(split)
        .reduce<ByteString>((path, part) => joinPath(path, part as ByteString), '/view' as ByteString);
      assert.equal(placeOnDevice(bind, through), placeOnDevice(mount(1, 0, '/'), join(names)));
    }),
  );
});

const ids = (...mounts: Mount[]): number[] => visibleMounts(mounts).map(({ id }) => id);

test('visible mounts: not the covered ones, nor what is mounted in those', () => {
  const root = mount(1, 0, '/');
  assert.deepEqual(ids(root, mount(2, 1, '/a'), mount(3, 1, '/b')), [1, 2, 3]);
  // On top of each other: each is a child of the one below.
  assert.deepEqual(ids(root, mount(2, 1, '/a'), mount(3, 2, '/a')), [1, 3]);
  assert.deepEqual(ids(root, mount(2, 1, '/a'), mount(3, 2, '/a'), mount(4, 3, '/a')), [1, 4]);
  // Further up, later.
  assert.deepEqual(ids(root, mount(2, 1, '/a/b'), mount(3, 1, '/a')), [1, 3]);
  assert.deepEqual(ids(root, mount(2, 1, '/a/b/c'), mount(4, 2, '/a/b/c/d'), mount(3, 1, '/a')), [1, 3]);
  // Further up, earlier: the inner one is its child.
  assert.deepEqual(ids(root, mount(2, 1, '/a'), mount(3, 2, '/a/b')), [1, 2, 3]);
  // In a covered one.
  assert.deepEqual(ids(root, mount(2, 1, '/a'), mount(3, 2, '/a/b'), mount(4, 2, '/a')), [1, 4]);
  // Beside, with names that only begin alike.
  assert.deepEqual(ids(root, mount(2, 1, '/a-b'), mount(3, 1, '/a')), [1, 2, 3]);
  // A root filesystem over the initial one, and a table cut off by chroot.
  assert.deepEqual(ids(mount(1, 1, '/'), mount(2, 1, '/'), mount(3, 2, '/x')), [2, 3]);
  assert.deepEqual(ids(mount(9, 5, '/'), mount(10, 9, '/proc')), [9, 10]);
});

test('kinds of filesystems', () => {
  const kinds = Object.fromEntries(
    [
      'ext4',
      'btrfs',
      'zfs',
      'overlay',
      'tmpfs',
      'proc',
      'cgroup2',
      'autofs',
      'nfs4',
      'fuse.sshfs',
      'fuse',
      'fuse.mergerfs',
      'fuseblk',
      'neverheardof',
    ].map((type) => [type, filesystemKind(type)]),
  );
  assert.deepEqual(kinds, {
    ext4: 'disk',
    btrfs: 'disk',
    zfs: 'disk',
    overlay: 'disk',
    tmpfs: 'memory',
    proc: 'kernel',
    cgroup2: 'kernel',
    autofs: 'automount',
    nfs4: 'network',
    'fuse.sshfs': 'network',
    fuse: 'network',
    'fuse.mergerfs': 'disk',
    fuseblk: 'disk',
    neverheardof: 'disk',
  });
});

test('the table of this machine has a root and a /proc', { skip: needsLinux }, () => {
  const mounts = readMounts();
  assert.ok(mounts.some(({ mountPoint }) => mountPoint === '/'));
  assert.ok(mounts.some(({ mountPoint, kind }) => mountPoint === '/proc' && kind === 'kernel'));
});
