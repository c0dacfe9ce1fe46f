/** Every package of this machine against dpkg itself: the bytes of what `dpkg -L` lists, below /usr. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { test } from 'node:test';
import { explainTree } from '../../support/explain-tree.ts';
import { find } from '../../support/find.ts';
import { needsTool, unless } from '../../support/requirements.ts';

const needsPackages =
  needsTool('dpkg') || (readdirSync('/var/lib/dpkg/info').length > 0 ? false : 'needs packages of dpkg');

interface Expected {
  diskBytes: number;
  entries: number;
}

test('packages of dpkg below /usr', { skip: unless(needsPackages) }, async () => {
  const names = readdirSync('/var/lib/dpkg/info')
    .filter((name) => name.endsWith('.list'))
    .map((name) => name.slice(0, -'.list'.length))
    .toSorted();
  const expected = bytesByPackage(names);
  const { roots, scan } = await explainTree('/usr', { owners: true });
  const [{ owners, totals }] = roots;
  const byPackage = owners!.byPackage!;
  assert.deepEqual(byPackage.managers, ['dpkg']);
  const found = new Map(
    byPackage.packages.map(({ name, diskBytes, entries }) => [name as string, { diskBytes, entries }]),
  );
  // A module that was compiled or a package that was installed meanwhile would be no mistake.
  const differing = names.filter((name) => {
    const one = found.get(name) ?? { diskBytes: 0, entries: 0 };
    const other = expected.get(name) ?? { diskBytes: 0, entries: 0 };
    return one.diskBytes !== other.diskBytes || one.entries !== other.entries;
  });
  assert.deepEqual(
    differing.map((name) => [name, found.get(name), expected.get(name)]),
    [],
  );
  const { packages, generated, unowned, directories, unownedPlaces } = byPackage;
  const owned = packages.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
  assert.equal(owned + generated.diskBytes + unowned.diskBytes + directories.diskBytes, totals.diskBytes);
  assert.equal(directories.entries, totals.directories);
  assert.equal(
    owners!.users.reduce((sum, { diskBytes }) => sum + diskBytes, 0),
    totals.diskBytes,
  );
  for (const { path } of unownedPlaces.filter(({ whole }) => whole).slice(0, 20))
    assert.throws(() => execFileSync('dpkg', ['-S', path], { stdio: 'ignore' }), `dpkg knows ${path}`);
  assert.equal(scan.interrupted, false);
});

/** Inodes below /usr that are no directories, each once, for the first package that lists one of their names. */
function bytesByPackage(names: readonly string[]): Map<string, Expected> {
  const output = execFileSync('dpkg', ['-L', ...names], { encoding: 'latin1', maxBuffer: 2 ** 28 });
  const places = new Map<string, string>();
  const owners = new Map<string, { owner: number; blocks: number }>();
  for (const [index, block] of output.split('\n\n').entries()) {
    for (const path of listedPaths(block)) {
      const slash = path.lastIndexOf('/');
      const directory = path.slice(0, slash) || '/';
      let place = places.get(directory);
      if (place === undefined) places.set(directory, (place = realPlace(directory)));
      const real = `${place === '/' ? '' : place}${path.slice(slash)}`;
      if (!real.startsWith('/usr/')) continue;
      const stat = lstatSync(Buffer.from(real, 'latin1'), { throwIfNoEntry: false });
      if (!stat || stat.isDirectory()) continue;
      const inode = `${stat.dev}:${stat.ino}`;
      const known = owners.get(inode);
      if (!known || index < known.owner) owners.set(inode, { owner: index, blocks: stat.blocks });
    }
  }
  const sums = new Map<string, Expected>();
  for (const { owner, blocks } of owners.values()) {
    const sum = sums.get(names[owner]) ?? { diskBytes: 0, entries: 0 };
    sum.diskBytes += blocks * 512;
    sum.entries++;
    sums.set(names[owner], sum);
  }
  return sums;
}

/** The paths of one package, those that another package diverts under their new names. */
function listedPaths(block: string): string[] {
  const paths: string[] = [];
  for (const line of block.split('\n')) {
    if (line.startsWith('/')) paths.push(line);
    const moved = /^(?:diverted by \S+|locally diverted) to: (?<to>.*)$/u.exec(line);
    if (moved) paths[paths.length - 1] = moved.groups!['to'];
  }
  return paths;
}

function realPlace(directory: string): string {
  try {
    return realpathSync.native(Buffer.from(directory, 'latin1'), 'latin1');
  } catch {
    return directory;
  }
}

test('users of a place of many', async () => {
  const { roots } = await explainTree('/etc', { owners: true });
  const { totals } = find('/etc');
  const [{ owners }] = roots;
  assert.equal(
    owners!.users.reduce((sum, { entries }) => sum + entries, 0),
    totals.entries,
  );
});
