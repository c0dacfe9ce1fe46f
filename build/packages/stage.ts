/** Lays out the files of a package as they will lie below /. */
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkout } from './release-facts.ts';

/** Where zsh looks for completions, which is a matter of the distribution. */
export type ZshPlace = 'usr/share/zsh/vendor-completions' | 'usr/share/zsh/site-functions';

/** The administrator's file: no upgrade writes over what was changed in it. */
export const CONFIGURATION = 'etc/diskwhy/config.toml';

/** Files for other programs: rules and a dashboard, and the SQL of questions. */
const SHARED = [
  ['docs/prometheus', 'prometheus'],
  ['src/fleet/questions/sql', 'sql'],
] as const;

/** Fills the empty folder `root`; every file and folder gets the time `epoch` (seconds). */
export function stage(root: string, executable: string, zsh: ZshPlace, epoch: number): void {
  const add = (place: string, content: Buffer | string, mode = 0o644): void => {
    const file = path.join(root, place);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, mode);
  };
  mkdirSync(path.join(root, 'usr/bin'), { recursive: true });
  copyFileSync(executable, path.join(root, 'usr/bin/diskwhy'));
  chmodSync(path.join(root, 'usr/bin/diskwhy'), 0o755);
  for (const page of readdirSync(path.join(checkout, 'docs/man')))
    add(`usr/share/man/man1/${page}.gz`, gzipSync(read(`docs/man/${page}`), { level: 9 }));
  add('usr/share/bash-completion/completions/diskwhy', read('docs/completions/diskwhy.bash'));
  add(`${zsh}/_diskwhy`, read('docs/completions/_diskwhy'));
  add('usr/share/fish/vendor_completions.d/diskwhy.fish', read('docs/completions/diskwhy.fish'));
  add('usr/share/doc/diskwhy/copyright', read('LICENSE'));
  add('usr/share/doc/diskwhy/changelog.gz', gzipSync(read('CHANGELOG.md'), { level: 9 }));
  for (const unit of readdirSync(path.join(checkout, 'build/packages/systemd')))
    add(`usr/lib/systemd/system/${unit}`, read(`build/packages/systemd/${unit}`));
  for (const [from, to] of SHARED)
    for (const name of readdirSync(path.join(checkout, from)))
      add(`usr/share/diskwhy/${to}/${name}`, read(`${from}/${name}`));
  add(CONFIGURATION, read('build/packages/config.toml'));
  // Enabled by nobody but the administrator, who says for which path.
  for (const unit of ['diskwhy-snapshot@.service', 'diskwhy-snapshot@.timer'])
    add(`usr/lib/systemd/system/${unit}`, read(`build/packages/daily/${unit}`));
  add('usr/share/doc/diskwhy/diskwhy-snapshot.cron', read('build/packages/daily/diskwhy-snapshot.cron'));
  setTimes(root, epoch);
}

/** Of `root` and all below it. */
export function setTimes(root: string, epoch: number): void {
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    const file = path.join(root, entry.name);
    if (entry.isDirectory()) {
      chmodSync(file, 0o755);
      setTimes(file, epoch);
    } else {
      utimesSync(file, epoch, epoch);
    }
  }
  utimesSync(root, epoch, epoch);
}

/** A file of the checkout. */
function read(file: string): Buffer {
  return readFileSync(path.join(checkout, file));
}
