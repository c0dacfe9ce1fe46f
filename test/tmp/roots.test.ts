/** Where units come from: which directories are judged and which are refused, and the catalogue's caches of a home. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import { UsageError } from '../../src/model/errors.ts';
import { parseNextRun } from '../../src/system/services/cleaner-schedule.ts';
import { readUserAccounts } from '../../src/system/machine/user-accounts.ts';
import { judgeTmp } from '../../src/tmp/tmp.ts';
import type { TmpReport } from '../../src/model/tmp-report.ts';
import type { TmpRequest } from '../../src/tmp/tmp.ts';
import { startProgram } from '../support/holder.ts';
import { requestFor, told } from '../support/judged.ts';
import { mountBind } from '../support/mounted.ts';
import { needsMount, needsOtherUser, needsRoot, needsTool, NOBODY, unless } from '../support/requirements.ts';
import { runScript } from '../support/run-script.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { buildTree, directory, file, link } from '../support/tree.ts';
import type { TreeDescription } from '../support/tree.ts';

test('what is no temporary directory is refused', async () => {
  using folder = tempFolder();
  writeFileSync(`${folder.path}/file`, 'x');
  for (const path of [
    '/',
    '/etc',
    '/usr',
    '/var',
    '/home',
    '/proc',
    `${folder.path}/file`,
    '/nonexistent-root',
  ]) {
    await assert.rejects(judgeTmp(requestFor(path)), UsageError, path);
  }
  const homes = readUserAccounts().map(({ home }) => home as string);
  const home = homes.find((one) => /^\/(home|root)/u.test(one));
  if (home !== undefined) await assert.rejects(judgeTmp(requestFor(home)), UsageError);
});

test('a root that lies in another one is judged once', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, { sub: directory({ a: file(1) }), b: file(1) });
  const roots = [`${folder.path}/root/sub`, `${folder.path}/root`].map(fromText);
  const report = await judgeTmp(requestFor('', { roots }));
  assert.deepEqual(
    report.roots.map(({ path }) => path),
    [`${folder.path}/root`],
  );
  assert.equal(report.units.length, 2);
});

test(
  'as root, the home of another is looked into only when others are asked for',
  { skip: needsRoot },
  async () => {
    const other = readUserAccounts().find(({ uid, home }) => uid !== 0 && home.startsWith('/var/'));
    if (!other) return;
    let refusal: unknown;
    try {
      await judgeTmp(requestFor(other.home));
    } catch (error) {
      refusal = error;
    }
    // Its home is not there on some machines: refused as well.
    assert.ok(refusal instanceof UsageError);
  },
);

test(
  'as root, a directory in shared memory is nobody’s home, though an account of the system points at /dev',
  { skip: needsRoot },
  async () => {
    using folder = tempFolder('/dev/shm');
    await buildTree(folder.path, { unit: directory({ a: file(1) }) });
    const report = await judgeTmp(requestFor(folder.path, { allUsers: false }));
    assert.equal(report.units.length, 1);
  },
);

/** The report on the default roots of somebody whose TMPDIR and home are in `folder`. */
async function defaultsIn(folder: string, more: Partial<TmpRequest> = {}): Promise<TmpReport> {
  return judgeTmp(
    requestFor('', {
      roots: [],
      home: fromText(`${folder}/home`),
      environment: { TMPDIR: fromText(`${folder}/scratch`) },
      ...more,
    }),
  );
}

/** Units of the report below `folder`, by path in it. */
function verdictsIn(report: TmpReport, folder: string): Record<string, string> {
  return Object.fromEntries(
    report.units
      .filter(({ path }) => path.startsWith(`${folder}/`))
      .map(({ path, verdict }) => [path.slice(folder.length + 1), verdict]),
  );
}

/** A place outside the default roots, so that it is not a unit itself. */
function placeOutside(): { readonly path: string } & Disposable {
  const path = execFileSync('mktemp', ['-d', '/opt/diskwhy-test-XXXXXX'], { encoding: 'utf8' }).trim();
  return {
    path,
    [Symbol.dispose]: () => {
      execFileSync('rm', ['-rf', '--one-file-system', path]);
    },
  };
}

async function build(folder: string, description: TreeDescription): Promise<void> {
  for (const [name, entry] of Object.entries(description)) {
    if (entry.kind === 'directory') await buildTree(`${folder}/${name}`, entry.entries);
  }
}

test(
  "a cache of the system goes entry by entry: its directory is a package's, without which nothing is written there",
  { skip: unless(needsRoot, needsMount, needsTool('unshare')) },
  () => {
    const prepare = `mount -t tmpfs tmpfs /var/lib/systemd && mkdir /var/lib/systemd/coredump &&
      echo x > /var/lib/systemd/coredump/core.app.0 && exec "$@"`;
    const judgeDefaults = `import { judgeTmp } from './src/tmp/tmp.ts';
      import { requestFor } from './test/support/judged.ts';
      const { units } = await judgeTmp(requestFor('', { roots: [], home: '/nonexistent', environment: {} }));
      console.log(JSON.stringify(units.map(({ path }) => path).filter((path) => path.startsWith('/var/lib/systemd/'))));`;
    assert.deepEqual(runScript(judgeDefaults, { under: ['unshare', '--mount', 'sh', '-c', prepare, 'sh'] }), [
      '/var/lib/systemd/coredump/core.app.0',
    ]);
  },
);

const TAG = 'Signature: 8a477f597d28d172789f06886806bc55\n';

suite('the catalogue in a home', { skip: needsRoot }, () => {
  test('caches are units, others are told what to run', async () => {
    using folder = placeOutside();
    await build(folder.path, {
      scratch: directory({ old: directory({ a: file(1) }) }),
      home: directory({
        '.npm': directory({ _cacache: directory({ a: file(10_000) }), _npx: directory({ a: file(10) }) }),
        '.cache': directory({
          pip: directory({ a: file(10) }),
          uv: directory({ a: link('1', 10), b: link('1', 10) }),
          tagged: directory({ a: file(10) }),
          untagged: directory({ a: file(10) }),
          ccache: directory({ 'ccache.conf': file(1), 0: directory({ a: file(1) }) }),
        }),
        go: directory({
          pkg: directory({ mod: directory({ m: directory({ a: file(1) }, { mode: 0o555 }) }) }),
        }),
        '.pub-cache': directory({ bin: directory(), hosted: directory({ a: file(1) }) }),
      }),
    });
    writeFileSync(`${folder.path}/home/.cache/tagged/CACHEDIR.TAG`, TAG);
    writeFileSync(`${folder.path}/home/.cache/untagged/CACHEDIR.TAG`, 'Signature: no');
    const report = await defaultsIn(folder.path);
    assert.deepEqual(verdictsIn(report, folder.path), {
      'scratch/old': 'deletable',
      'home/.npm/_cacache': 'deletable',
      'home/.npm/_npx': 'deletable',
      'home/.cache/pip': 'deletable',
      'home/.cache/uv': 'owner-command',
      'home/.cache/tagged': 'deletable',
      'home/.cache/ccache': 'owner-command',
      // 65: read-only directories are the owner's business; nothing is made writable.
      'home/go/pkg/mod': 'owner-command',
      'home/.pub-cache': 'owner-command',
    });
    const unit = (path: string) =>
      told(
        report.units.find((one) => one.path === `${folder.path}/${path}`)!,
        report,
      );
    assert.deepEqual(
      [unit('home/.npm/_cacache').rule, unit('home/go/pkg/mod').remedy?.command],
      ['catalogue:npm-cacache', 'go clean -modcache'],
    );
    assert.match(unit('home/.cache/ccache').reason, /ccache\.conf must stay/u);
    const root = report.roots[unit('home/.cache/pip').root];
    assert.deepEqual([root.path, root.origin], [`${folder.path}/home`, 'catalogue']);
  });

  test('a cache whose owner runs is in use', async () => {
    using folder = placeOutside();
    await build(folder.path, {
      scratch: directory({ x: directory() }),
      home: directory({ '.cache': directory({ 'golangci-lint': directory({ a: file(10) }) }) }),
    });
    execFileSync('cp', ['/bin/cat', `${folder.path}/golangci-lint`]);
    using running = await startProgram(`${folder.path}/golangci-lint`);
    const report = await defaultsIn(folder.path);
    const unit = report.units.find(({ path }) => path.endsWith('/.cache/golangci-lint'))!;
    assert.equal(unit.verdict, 'in-use');
    assert.ok(unit.holders.some(({ pid }) => pid === running.pid));
  });

  test('what belongs to others, links, and what has a home in it is left alone', async () => {
    using folder = placeOutside();
    await build(folder.path, {
      scratch: directory({
        inner: directory({ home: directory({ '.cache': directory({ pip: directory({ a: file(1) }) }) }) }),
      }),
      home: directory({ '.cache': directory({ pip: directory({ a: file(1) }) }) }),
      elsewhere: directory({ a: file(1) }),
    });
    chownSync(`${folder.path}/home/.cache/pip`, NOBODY.uid, NOBODY.gid);
    symlinkSync(`${folder.path}/elsewhere`, `${folder.path}/home/.cache/yarn`);
    const report = await defaultsIn(folder.path);
    assert.deepEqual(verdictsIn(report, folder.path), { 'scratch/inner': 'deletable' });
    const inside = await defaultsIn(folder.path, { home: fromText(`${folder.path}/scratch/inner/home`) });
    assert.deepEqual(verdictsIn(inside, folder.path), {
      'scratch/inner/home/.cache/pip': 'deletable',
      'scratch/inner': 'protected',
    });
    const all = await defaultsIn(folder.path, { allUsers: true });
    assert.equal(verdictsIn(all, folder.path)['home/.cache/pip'], 'deletable');
  });

  test('a place of another class inside a unit keeps it', async () => {
    using folder = placeOutside();
    await build(folder.path, { scratch: directory({ data: directory({ uv: directory({ a: file(1) }) }) }) });
    mkdirSync(`${folder.path}/home`);
    const environment = {
      TMPDIR: fromText(`${folder.path}/scratch`),
      UV_CACHE_DIR: fromText(`${folder.path}/scratch/data/uv`),
    };
    const report = await defaultsIn(folder.path, { environment });
    const unit = told(
      report.units.find(({ path }) => path.endsWith('/scratch/data'))!,
      report,
    );
    assert.deepEqual([unit.verdict, unit.remedy?.command], ['owner-command', 'uv cache prune']);
  });
});

test('bind mounts of one directory are one root', { skip: needsMount }, async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, { a: file(1) });
  mkdirSync(`${folder.path}/view`);
  using _ = mountBind(`${folder.path}/root`, `${folder.path}/view`);
  const roots = [`${folder.path}/root`, `${folder.path}/view`].map(fromText);
  const report = await judgeTmp(requestFor('', { roots }));
  assert.equal(report.roots.length, 1);
});

test('an unreadable part keeps the unit', { skip: unless(needsRoot, needsTool('setpriv')) }, async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, {
    unit: directory({ closed: directory({ a: file(1) }) }),
    free: file(1),
  });
  execFileSync('chown', ['-R', `${NOBODY.uid}:${NOBODY.gid}`, `${folder.path}/root`]);
  chmodSync(`${folder.path}/root/unit/closed`, 0);
  const seen = runScript(
    `import { judged } from './test/support/judged.ts';
     const { unit, report } = await judged(${JSON.stringify(`${folder.path}/root`)}, { assumeUnused: true });
     const { verdict, keepReason, fingerprint } = unit('unit');
     console.log(JSON.stringify([verdict, keepReason, fingerprint === undefined, unit('free').verdict, report.complete]));`,
    NOBODY,
  );
  assert.deepEqual(seen, ['unknown', 'unreadable', true, 'deletable', false]);
});

test('an interrupted scan lets nothing go', async () => {
  using folder = tempFolder();
  await buildTree(`${folder.path}/root`, { unit: directory({ a: file(1) }), one: file(1) });
  const report = await judgeTmp(requestFor(`${folder.path}/root`), { signal: AbortSignal.abort() });
  assert.equal(report.interrupted, true);
  assert.ok(report.units.every(({ verdict }) => verdict !== 'deletable'));
});

test('when systemd-tmpfiles runs next, as systemctl shows it', () => {
  assert.equal(
    parseNextRun('NextElapseUSecRealtime=@1763900000\nNextElapseUSecMonotonic=\n', 0, 0),
    1_763_900_000,
  );
  assert.equal(
    parseNextRun('NextElapseUSecRealtime=\nNextElapseUSecMonotonic=1d 15min 4.5s\n', 1000, 100),
    900 + 86_400 + 904.5,
  );
  assert.equal(parseNextRun('NextElapseUSecMonotonic=infinity\n', 1000, 100), undefined);
});

test(
  "what cannot be read of others' units does not make the report incomplete",
  { skip: needsOtherUser },
  async () => {
    using folder = tempFolder();
    await buildTree(`${folder.path}/root`, {
      theirs: directory({ a: file(1) }, { mode: 0o700 }),
      free: file(1),
    });
    chownSync(`${folder.path}/root/free`, NOBODY.uid, NOBODY.gid);
    const seen = runScript(
      `import { judged } from './test/support/judged.ts';
     const { verdicts, report } = await judged(${JSON.stringify(`${folder.path}/root`)});
     console.log(JSON.stringify([verdicts, report.complete, report.problems.count]));`,
      NOBODY,
    );
    assert.deepEqual(seen, [{ theirs: 'protected', free: 'deletable' }, true, 0]);
  },
);

test('places behind directories that may not be entered are passed over', { skip: needsOtherUser }, () => {
  using folder = tempFolder();
  mkdirSync(`${folder.path}/closed/pyenv/cache`, { recursive: true });
  chmodSync(`${folder.path}/closed`, 0o700);
  const seen = runScript(
    `import { judgeTmp } from './src/tmp/tmp.ts';
     import { requestFor } from './test/support/judged.ts';
     const closed = ${JSON.stringify(`${folder.path}/closed`)};
     const environment = { PYENV_ROOT: closed + '/pyenv', TMPDIR: closed + '/pyenv', XDG_CACHE_HOME: closed };
     const report = await judgeTmp(requestFor('', { roots: [], environment, minBytes: 2 ** 40 }));
     console.log(JSON.stringify(report.roots.map(({ path }) => path)));`,
    NOBODY,
  );
  assert.ok((seen as string[]).includes('/tmp'));
});
