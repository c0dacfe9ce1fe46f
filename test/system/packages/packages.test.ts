/** Package databases of every kind, made for the test and put in the place of the machine's own. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { explainJson } from '../../support/diskwhy.ts';
import type { RunOptions } from '../../support/diskwhy.ts';
import { withState, writeDpkg, writePacman } from '../../support/package-database.ts';
import { needsMount, needsTool, unless } from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { buildTree, directory, file, link, symlink } from '../../support/tree.ts';

interface Share {
  readonly diskBytes: number;
  readonly entries: number;
}

interface OwnersJson {
  readonly users: readonly (Share & { readonly uid: number; readonly name: string | null })[];
  readonly packages: {
    readonly managers: readonly string[];
    readonly owned: Share;
    readonly generated: Share;
    readonly unowned: Share;
    readonly directories: Share;
    readonly largest: readonly (Share & { readonly name: string })[];
    readonly unownedPlaces: readonly (Share & { readonly path: string; readonly whole: boolean })[];
  } | null;
}

async function ownersOf(path: string, options: RunOptions, ...more: readonly string[]): Promise<OwnersJson> {
  const { json, code, stderr } = await explainJson([path, '--owners', '--top', '0', ...more], options);
  assert.deepEqual([code, stderr], [0, '']);
  const [{ owners, totals }] = json.roots as unknown as readonly [
    { readonly owners: OwnersJson; readonly totals: { readonly diskBytes: number } },
  ];
  const { packages, users } = owners;
  if (packages) {
    const { owned, generated, unowned, directories } = packages;
    const parts = [owned, generated, unowned, directories];
    assert.equal(
      parts.reduce((sum, { diskBytes }) => sum + diskBytes, 0),
      totals.diskBytes,
    );
  }
  assert.equal(
    users.reduce((sum, { diskBytes }) => sum + diskBytes, 0),
    totals.diskBytes,
  );
  return owners;
}

/** In pages of 4 KiB, to tell them apart. */
const pages = (count: number): ReturnType<typeof file> => file(count * 4096);
const ofPackages = ({ packages }: OwnersJson): Record<string, number> =>
  Object.fromEntries(packages!.largest.map(({ name, diskBytes }) => [name, diskBytes / 4096]));

test('dpkg: merged directories, diversions, several owners, hard links', { skip: needsMount }, async () => {
  using folder = tempFolder();
  const tree = `${folder.path}/tree`;
  await buildTree(tree, {
    usr: directory({
      bin: directory({
        merged: pages(1),
        diverted: pages(2),
        'diverted.orig': pages(4),
        hard: link('one', 8 * 4096),
      }),
      'odd \u00ff\u0001': pages(16),
    }),
    bin: symlink('usr/bin'),
    elsewhere: directory({ real: directory({ inside: pages(32) }) }),
    linked: symlink('elsewhere/real'),
    'second name': link('one', 8 * 4096),
    shared: pages(64),
    local: pages(128),
    'local.moved': pages(256),
    foreign: pages(512),
    'foreign.moved': pages(1024),
  });
  writeDpkg(
    `${folder.path}/state`,
    {
      aaa: [`${tree}/shared`],
      diverter: [`${tree}/usr/bin/diverted`],
      'lib:i386': [`${tree}/foreign`],
      plain: [
        tree,
        `${tree}/bin`,
        `${tree}/bin/merged`,
        `${tree}/bin/hard`,
        `${tree}/usr/bin/diverted`,
        `${tree}/usr/odd \u00ff\u0001`,
        `${tree}/linked/inside`,
        `${tree}/shared`,
        `${tree}/local`,
        `${tree}/not there`,
      ],
      empty: [],
    },
    [
      [`${tree}/usr/bin/diverted`, `${tree}/usr/bin/diverted.orig`, 'diverter'],
      [`${tree}/local`, `${tree}/local.moved`, ':'],
      [`${tree}/foreign`, `${tree}/foreign.moved`, 'lib'],
    ],
  );
  for (const source of ['walk', 'portable']) {
    const owners = await ownersOf(tree, { under: withState(`${folder.path}/state`) }, '--source', source);
    assert.deepEqual(owners.packages!.managers, ['dpkg']);
    assert.deepEqual(ofPackages(owners), {
      plain: 1 + 4 + 8 + 16 + 32 + 256,
      aaa: 64,
      diverter: 2,
      'lib:i386': 512,
    });
    assert.deepEqual(
      owners.packages!.unownedPlaces.map(({ path, diskBytes, whole }) => [path, diskBytes / 4096, whole]),
      [[tree, 128 + 1024, false]],
    );
  }
});

test(
  'what scripts of packages make: byte code of owned sources, and no other',
  { skip: needsMount },
  async () => {
    using folder = tempFolder();
    const tree = `${folder.path}/tree`;
    await buildTree(tree, {
      'module.py': pages(1),
      'module.pyc': pages(2),
      'mode.el': pages(1),
      'mode.elc': pages(4),
      __pycache__: directory({
        'module.cpython-311.pyc': pages(8),
        'module.cpython-311.opt-1.pyc': pages(16),
        // Of no source, of a source that is nobody's, and what only looks like it.
        'other.cpython-311.pyc': pages(32),
        module: pages(64),
        '.pyc': pages(128),
        'module.x.y.pyc': pages(256),
      }),
      'other.pyc': pages(512),
      own: directory({
        'own.py': pages(1024),
        __pycache__: directory({ 'own.cpython-311.pyc': pages(2048) }),
      }),
    });
    writeDpkg(`${folder.path}/state`, { python: [`${tree}/module.py`, `${tree}/mode.el`] });
    const { packages } = await ownersOf(tree, { under: withState(`${folder.path}/state`) });
    assert.deepEqual(
      [packages!.generated.diskBytes / 4096, packages!.generated.entries],
      [2 + 4 + 8 + 16, 4],
    );
    assert.deepEqual(
      packages!.unownedPlaces.map(({ path, diskBytes }) => [path.slice(tree.length), diskBytes / 4096]),
      [
        ['/own', 1024 + 2048],
        ['', 512],
        ['/__pycache__', 32 + 64 + 128 + 256],
      ],
    );
  },
);

test('pacman', { skip: needsMount }, async () => {
  using folder = tempFolder();
  const tree = `${folder.path}/tree`;
  await buildTree(tree, { usr: directory({ one: pages(1), two: pages(2), three: pages(4) }) });
  writePacman(`${folder.path}/state`, {
    'with-dashes-1:2.0-1': [`${tree}/`, `${tree}/usr/`, `${tree}/usr/one`],
    'b-1-1': [`${tree}/usr/two`],
  });
  const owners = await ownersOf(tree, { under: withState(`${folder.path}/state`) });
  assert.deepEqual(owners.packages!.managers, ['pacman']);
  assert.deepEqual(ofPackages(owners), { b: 2, 'with-dashes': 1 });
  assert.equal(owners.packages!.unowned.diskBytes, 4 * 4096);
});

test('no package manager: users all the same', { skip: needsMount }, async () => {
  using folder = tempFolder();
  mkdirSync(`${folder.path}/state`);
  await buildTree(`${folder.path}/tree`, { a: pages(3) });
  const owners = await ownersOf(`${folder.path}/tree`, { under: withState(`${folder.path}/state`) });
  assert.equal(owners.packages, null);
  assert.deepEqual(
    owners.users.map(({ uid, name }) => [uid, name]),
    [[0, 'root']],
  );
});

test('rpm, asked itself', { skip: unless(needsMount, needsTool('rpm', 'rpmbuild')) }, async () => {
  using folder = tempFolder();
  const tree = `${folder.path}/tree`;
  await buildTree(tree, { usr: directory({ one: pages(1), two: pages(2), three: pages(4) }) });
  const state = `${folder.path}/state`;
  const database = `${state}/rpm`;
  mkdirSync(database, { recursive: true });
  const packages = { first: 'one', second: 'two' };
  for (const [name, listed] of Object.entries(packages)) {
    const header = `Name: ${name}\nVersion: 1\nRelease: 1\nSummary: x\nLicense: x\nBuildArch: noarch`;
    const install = `mkdir -p %{buildroot}${tree}/usr\ncp ${tree}/usr/${listed} %{buildroot}${tree}/usr`;
    const files = `%dir ${tree}\n${tree}/usr/${listed}`;
    const spec = `${header}\n%description\nx\n%install\n${install}\n%files\n${files}\n`;
    writeFileSync(`${folder.path}/${name}.spec`, spec);
    const places = ['--define', `_topdir ${folder.path}/build`, '--define', `_dbpath ${database}`];
    execFileSync('rpmbuild', [...places, '-bb', `${folder.path}/${name}.spec`], { stdio: 'ignore' });
    const built = `${folder.path}/build/RPMS/noarch/${name}-1-1.noarch.rpm`;
    execFileSync('rpm', ['--dbpath', database, '-i', '--justdb', '--nodeps', built], { stdio: 'ignore' });
  }
  const env = Object.fromEntries(
    ['PATH', 'LD_LIBRARY_PATH', 'RPM_CONFIGDIR'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const owners = await ownersOf(tree, { under: withState(state), env });
  assert.deepEqual(owners.packages!.managers, ['rpm']);
  assert.deepEqual(ofPackages(owners), { first: 1, second: 2 });
  assert.equal(owners.packages!.unowned.diskBytes, 4 * 4096);
});
