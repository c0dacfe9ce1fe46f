/** A system that does not run, its disk mounted here: its places are known, and nothing is told to this system's programs. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { data, incident, text } from '../../../fixtures/incidents/incident.ts';
import { explainTree, spoken } from '../../support/explain-tree.ts';
import { loopDisk } from '../../support/mounted.ts';
import { needsLoopDisk, needsMount } from '../../support/requirements.ts';
import { MIB, ruleDisk } from '../../support/rule-disk.ts';
import type { TreeEntry } from '../../support/tree.ts';

const LINE = 'Jan  1 00:00:00 old kernel: eth0: link is not ready, retrying in 1 s\n';

test(
  "caches, logs, stores and kernels of another system, with that system's commands",
  { skip: needsLoopDisk('ext4') },
  async () => {
    using disk = loopDisk('ext4');
    const root = disk.path;
    const put = (path: string, bytes: Buffer | string): void => {
      mkdirSync(`${root}/${path}`.replace(/\/[^/]*$/u, ''), { recursive: true });
      writeFileSync(`${root}/${path}`, bytes);
    };
    const large = Buffer.alloc(4 * MIB, 'x');
    put('etc/passwd', 'root:x:0:0::/root:/bin/sh\nana:x:1000:1000::/home/ana:/bin/sh\n');
    put('etc/os-release', 'ID=debian\n');
    put('usr/bin/true', '');
    put('var/lib/dpkg/status', '');
    put('var/cache/apt/archives/firefox_1_amd64.deb', large);
    put('home/ana/.cache/pip/http-v2/a', large);
    put('home/gone/.cache/pip/http-v2/a', large);
    put('boot/initrd.img-5.15.0-25-generic', large);
    put('var/log/syslog', LINE.repeat(60_000));
    put('var/lib/docker/overlay2/abc/diff/usr/lib/x.so', large);
    for (const name of ['containers', 'image/overlay2', 'volumes'])
      mkdirSync(`${root}/var/lib/docker/${name}`, { recursive: true });
    const report = await explainTree(root, { runningPrograms: () => new Map() });
    const lines = report.findings.flatMap((finding) =>
      finding.remedies.map(({ line }) => [spoken(finding, report.generatedAt).title, line ?? ''] as const),
    );
    const commandOf = (title: RegExp): string | undefined => lines.find(([said]) => title.test(said))?.[1];
    assert.equal(commandOf(/^apt package archives$/u), `chroot ${root} apt-get clean`);
    assert.equal(commandOf(/^pip cache$/u), `chroot ${root} su - ana -c 'pip cache purge'`);
    assert.equal(commandOf(/^large file$/u), `chroot ${root} dpkg -S /boot/initrd.img-5.15.0-25-generic`);
    assert.ok(
      report.findings.some(
        ({ rule, paths }) => rule === 'runaway-log' && paths[0]?.endsWith('/var/log/syslog'),
      ),
    );
    const docker = report.findings.find(({ rule }) => rule === 'container-storage');
    assert.deepEqual(docker?.remedies, []);
    // Whatever is said, it names the other system: nothing acts on this one.
    assert.ok(lines.length >= 4);
    for (const [title, line] of lines) assert.ok(line.includes(root), `${title}: ${line}`);
    // Whose it is nobody knows: a command would clear somebody else's cache.
    const homeless = report.findings.find(({ paths }) => paths[0]?.includes('/home/gone/'));
    assert.deepEqual(homeless?.remedies, []);
    assert.match(spoken(homeless, report.generatedAt).advice, /pip cache purge/u);
  },
);

/** Small files that make a directory the root of a system. */
const rootAt = (path: string): Record<string, TreeEntry> => ({
  [`${path}/usr/lib/os-release`]: text('ID=debian\n'),
  [`${path}/etc/passwd`]: text('root:x:0:0::/root:/bin/sh\nana:x:1000:1000::/home/ana:/bin/sh\n'),
  [`${path}/var/lib/dpkg/status`]: text(),
});

test(
  'systems at any depth, each with its own places and commands',
  { skip: needsMount },
  async ({ mock }) => {
    const { tree } = incident(
      'systems in systems',
      {
        ...rootAt('mnt/rescued/root'),
        'mnt/rescued/root/home/ana/.cache/pip/http-v2/a': data(2),
        ...rootAt('lxc/web/rootfs'),
        'lxc/web/rootfs/var/cache/apt/archives/x_1_amd64.deb': data(2),
        ...rootAt('lxc/db/rootfs'),
        'lxc/db/rootfs/var/cache/apt/archives/x_1_amd64.deb': data(2),
        'lxc/db/rootfs/tmp/leftover': data(2, 9),
        // A copy by date is a generation of a backup, and whole.
        ...rootAt('copies/2026-11-01'),
        'copies/2026-11-01/home/ana/.cache/pip/http-v2/a': data(2),
      },
      /^/u,
    );
    using disk = await ruleDisk(tree);
    // What was written now is too young to go, whatever its time of modification.
    mock.timers.enable({ apis: ['Date'], now: Date.now() + 3 * 86_400_000 });
    const { findings, generatedAt } = await explainTree(disk.path, { runningPrograms: () => new Map() });
    const said = findings.flatMap((finding) =>
      finding.remedies.map(({ line = '' }) => [
        spoken(finding, generatedAt).title,
        line.replaceAll(disk.path, ''),
      ]),
    );
    const linesOf = (title: RegExp): string[] =>
      said.flatMap(([name, line]) => (title.test(name) ? [line] : [])).toSorted();
    assert.deepEqual(linesOf(/^apt package archives$/u), [
      'chroot /lxc/db/rootfs apt-get clean',
      'chroot /lxc/web/rootfs apt-get clean',
    ]);
    assert.deepEqual(linesOf(/^pip cache$/u), ["chroot /mnt/rescued/root su - ana -c 'pip cache purge'"]);
    assert.deepEqual(linesOf(/^stale temp files$/u), [
      'diskwhy tmp --system --all-users --older 3d --delete /lxc/db/rootfs/tmp',
    ]);
    assert.ok(!said.some(([, line]) => line.includes('chroot /copies/')));
  },
);

test(
  'homes that nobody names, and no command that clears the cache of whoever asks',
  { skip: needsMount },
  async () => {
    const { tree } = incident(
      'homes on a disk of their own',
      {
        'people/ann/.cache/pip/http-v2/a': data(2),
        'people/ben/.gradle/caches/modules-2/files-2.1/a': data(2),
        'people/cleo/.vscode-server/bin/abc/node': data(2),
      },
      /^/u,
    );
    using disk = await ruleDisk(tree);
    const { findings, generatedAt } = await explainTree(disk.path, { runningPrograms: () => new Map() });
    const found = findings.filter(({ rule }) => rule === 'app-cache');
    assert.deepEqual(found.map((finding) => spoken(finding, generatedAt).title).toSorted(), [
      'gradle caches',
      'pip cache',
      'vscode server',
    ]);
    for (const { remedies } of found)
      for (const { line = '' } of remedies) assert.ok(line.includes(disk.path), line);
  },
);
