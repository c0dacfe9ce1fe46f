/** The packages for distributions, by the real dpkg and rpm, into roots of their own. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { buildDeb } from '../../build/packages/deb.ts';
import { buildRpm } from '../../build/packages/rpm.ts';
import { needsRoot, needsTool, unless } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

const facts = { version: '1.2.3', summary: 'Why is this disk full?', epoch: 1_700_000_000 };
const checkout = path.resolve(import.meta.dirname, '../..');

/** Stands for the executable, whose own test is another: what is asked here is where things go. */
function standIn(folder: string, word = 'first'): string {
  const file = path.join(folder, 'executable');
  writeFileSync(file, `#!/bin/sh\necho ${word}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** All files below `root` outside the package manager's own records. */
function filesIn(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith('var/lib/'))
    .toSorted();
}

function expectedFiles(zsh: string): string[] {
  return [
    'etc/diskwhy/config.toml',
    'usr/bin/diskwhy',
    ...readdirSync(path.join(checkout, 'docs/man')).map((page) => `usr/share/man/man1/${page}.gz`),
    'usr/share/bash-completion/completions/diskwhy',
    `usr/share/zsh/${zsh}/_diskwhy`,
    'usr/share/fish/vendor_completions.d/diskwhy.fish',
    ...readdirSync(path.join(checkout, 'build/packages/systemd')).map(
      (unit) => `usr/lib/systemd/system/${unit}`,
    ),
    ...readdirSync(path.join(checkout, 'docs/prometheus')).map(
      (name) => `usr/share/diskwhy/prometheus/${name}`,
    ),
    ...readdirSync(path.join(checkout, 'src/fleet/questions/sql')).map(
      (name) => `usr/share/diskwhy/sql/${name}`,
    ),
    'usr/share/doc/diskwhy/copyright',
    'usr/share/doc/diskwhy/changelog.gz',
    'usr/share/doc/diskwhy/diskwhy-snapshot.cron',
    'usr/lib/systemd/system/diskwhy-snapshot@.service',
    'usr/lib/systemd/system/diskwhy-snapshot@.timer',
  ].toSorted();
}

const run = (command: string, ...words: string[]) =>
  execFileSync(command, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

for (const { kind, build, zsh, tools, prepare, install, remove } of [
  {
    kind: 'deb',
    build: buildDeb,
    zsh: 'vendor-completions',
    tools: ['dpkg', 'dpkg-deb'],
    prepare: (root: string) => {
      mkdirSync(`${root}/var/lib/dpkg/info`, { recursive: true });
      mkdirSync(`${root}/var/lib/dpkg/updates`);
      writeFileSync(`${root}/var/lib/dpkg/status`, '');
    },
    // An empty root has no C library.
    install: (root: string, file: string) => run('dpkg', `--root=${root}`, '--force-depends', '-i', file),
    remove: (root: string) => run('dpkg', `--root=${root}`, '--purge', 'diskwhy'),
  },
  {
    kind: 'rpm',
    build: buildRpm,
    zsh: 'site-functions',
    tools: ['rpm', 'rpmbuild'],
    prepare: (root: string) => void run('rpm', '--root', root, '--dbpath', '/var/lib/rpm', '--initdb'),
    install: (root: string, file: string) =>
      run('rpm', '--root', root, '--dbpath', '/var/lib/rpm', '--nodeps', '--ignorearch', '-U', file),
    remove: (root: string) => run('rpm', '--root', root, '--dbpath', '/var/lib/rpm', '-e', 'diskwhy'),
  },
])
  suite(kind, { skip: unless(needsRoot, needsTool(...tools)) }, () => {
    test('installs, upgrades and leaves nothing behind', () => {
      using folder = tempFolder();
      const root = path.join(folder.path, 'root');
      mkdirSync(root);
      prepare(root);
      const executable = standIn(folder.path);
      install(root, build(folder.path, executable, facts, 'none'));
      assert.deepEqual(filesIn(root), expectedFiles(zsh));
      assert.equal(run(`${root}/usr/bin/diskwhy`), 'first\n');
      const configuration = `${root}/etc/diskwhy/config.toml`;
      writeFileSync(configuration, 'top = 5\n');
      standIn(folder.path, 'second');
      install(root, build(folder.path, executable, { ...facts, version: '1.10.0' }, 'none'));
      assert.deepEqual(filesIn(root), expectedFiles(zsh));
      assert.equal(run(`${root}/usr/bin/diskwhy`), 'second\n');
      assert.equal(readFileSync(configuration, 'utf8'), 'top = 5\n');
      remove(root);
      // rpm keeps what was changed under another name, as it always does.
      rmSync(`${configuration}.rpmsave`, { force: true });
      assert.deepEqual(filesIn(root), []);
      assert.ok(!existsSync(`${root}/usr/share/doc/diskwhy`));
    });

    test('two builds are the same bytes', () => {
      using folder = tempFolder();
      const executable = standIn(folder.path);
      const [first, second] = ['a', 'b'].map((name) => {
        mkdirSync(path.join(folder.path, name));
        return readFileSync(build(path.join(folder.path, name), executable, facts, 'none'));
      });
      assert.ok(first.equals(second));
    });
  });
