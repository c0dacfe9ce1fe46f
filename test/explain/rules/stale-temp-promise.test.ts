/**
 * A finding promises what its command then frees: random temporary directories, and both commands run on them as they
 * are printed. DISKWHY_WORLDS sets how many.
 */
import assert from 'node:assert/strict';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { runDiskwhy } from '../../support/diskwhy.ts';
import { startHolder } from '../../support/holder.ts';
import { needsOtherRoot, otherRoot } from '../../support/other-root.ts';
import type { FindingJson, OtherRoot } from '../../support/other-root.ts';
import { NOBODY } from '../../support/requirements.ts';
import { directory, fifo, file, link, socket } from '../../support/tree.ts';
import type { TreeDescription, TreeEntry } from '../../support/tree.ts';

const MIB = 2 ** 20;
const WORLDS = Number(process.env['DISKWHY_WORLDS'] ?? 4);

/** Change times and birth times cannot be set, so the clock is, to five days from now. */
const later = {
  NODE_OPTIONS: '--import=data:text/javascript,globalThis.real=Date.now;Date.now=()=>real()+5*864e5',
};

const leaf: fc.Arbitrary<TreeEntry> = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 3 * MIB }).map((bytes) => file(bytes)) },
  { weight: 2, arbitrary: fc.nat(2).map((inode) => link(`inode${inode}`, 700_000 * (inode + 1))) },
  { weight: 1, arbitrary: fc.constant(fifo()) },
  { weight: 1, arbitrary: fc.constant(socket()) },
);
const name = fc.oneof(
  fc.stringMatching(/^[a-z]{1,6}$/u),
  fc.constantFrom(
    'a.db',
    'a.db-wal',
    'systemd-private-1-x',
    'tmux-0',
    'buildah1',
    'disk.iso',
    '.X11-unix',
    "o'dd name",
  ),
);
const tree = fc.dictionary(
  name,
  fc.oneof(
    { weight: 3, arbitrary: leaf },
    {
      weight: 3,
      arbitrary: fc.dictionary(name, leaf, { maxKeys: 4 }).map((entries) => directory({ ...entries })),
    },
  ),
  { minKeys: 2, maxKeys: 9 },
);

const world = fc.record({
  tmp: tree,
  varTmp: tree,
  home: fc.dictionary(name, leaf, { maxKeys: 2 }),
  /** What is done to entry number n of /tmp or /var/tmp. */
  deeds: fc.array(fc.tuple(fc.constantFrom('hold', 'touch', 'give', 'sticky', 'lock'), fc.nat(20)), {
    maxLength: 4,
  }),
  sticky: fc.boolean(),
  exclude: fc.constantFrom<readonly string[]>([], [], ['a*'], ["o'dd name", '/tmp/b*'], ['/var/tmp/*/q*']),
});

/** Does to the world what its description says; what holds something is to be disposed of. */
async function act(
  machine: OtherRoot,
  deeds: readonly (readonly [string, number])[],
  holders: AsyncDisposableStack,
): Promise<void> {
  const entries = ['/tmp', '/var/tmp'].flatMap((root) =>
    readdirSync(machine.path + root)
      .toSorted()
      .map((entry) => `${machine.path}${root}/${entry}`),
  );
  for (const [deed, number] of deeds) {
    const path = entries[number % Math.max(1, entries.length)];
    if (path === undefined) return;
    const stat = lstatSync(path);
    if (deed === 'give') chownSync(path, NOBODY.uid, NOBODY.gid);
    else if (deed === 'touch') utimesSync(path, Date.now() / 1000 + 4.5 * 86_400, Date.now() / 1000);
    else if (deed === 'sticky') chmodSync(path, 0o1755);
    else if (stat.isFile() || stat.isDirectory())
      holders.use(await startHolder(`exec 5<"$1"${deed === 'lock' ? '; flock -s 5' : ''}`, [path]));
  }
}

/** An argument of a printed command line, as a shell would hand it over. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/(?:'[^']*'|\\.|[^\s'\\])+/gu)].map(([word]) =>
    word.replaceAll(
      /'([^']*)'|\\(.)/gu,
      (_, quoted: string | undefined, plain: string | undefined) => quoted ?? plain!,
    ),
  );
}

function described(tmp: TreeDescription, varTmp: TreeDescription, home: TreeDescription): TreeDescription {
  return {
    tmp: directory(tmp),
    var: directory({ tmp: directory(varTmp) }),
    home: directory(home),
  };
}

test(
  'what is promised is what is freed',
  { skip: needsOtherRoot, timeout: 60_000 + WORLDS * 5000 },
  async () => {
    let promises = 0;
    await fc.assert(
      fc.asyncProperty(world, async ({ tmp, varTmp, home, deeds, sticky, exclude }) => {
        await using holders = new AsyncDisposableStack();
        using machine = await otherRoot(described({ ...tmp }, { ...varTmp }, { ...home }));
        if (sticky) for (const root of ['/tmp', '/var/tmp']) chmodSync(machine.path + root, 0o1777);
        await act(machine, deeds, holders);
        mkdirSync(`${machine.path}/state`);
        const options = {
          env: { ...later, XDG_STATE_HOME: '/state' },
          under: ['chroot', machine.path],
        };
        const asked = ['/', ...exclude.flatMap((pattern) => ['--exclude', pattern])];
        // What goes from one directory may be what kept a file's bytes in the other.
        for (const root of ['/tmp', '/var/tmp']) {
          const { findings } = await machine.explain(asked, { env: options.env });
          const finding = (findings as readonly FindingJson[]).find(
            (one) => one.rule === 'stale-temp' && one.remedy.command?.endsWith(` ${root}`) === true,
          );
          if (!finding) continue;
          const [, ...words] = wordsOf(finding.remedy.command!);
          const { stdout, code, stderr } = await runDiskwhy([...words, '--yes', '--json'], options);
          assert.equal(code, 0, stderr);
          const report = JSON.parse(stdout) as {
            totals: { freedBytes: number };
            units: { path: string; outcome: string | null }[];
          };
          assert.equal(report.totals.freedBytes, finding.freeableBytes, finding.remedy.command!);
          const gone = report.units.filter(({ outcome }) => outcome === 'deleted').map(({ path }) => path);
          for (const path of gone)
            assert.ok(!existsSync(machine.path + path) && finding.paths.includes(path), path);
          promises++;
        }
      }),
      { numRuns: WORLDS, endOnFailure: true },
    );
    assert.ok(promises > 0, 'no world had anything stale in it');
  },
);
