/**
 * `npm run release`: everything that is published, and its checksums, into release/: packages for each processor of which
 * `npm run build:executable` has left an executable in dist/.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { buildDeb } from './deb.ts';
import { ARCHITECTURES, checkout, releaseFacts } from './release-facts.ts';
import { buildRpm } from './rpm.ts';

const folder = path.join(checkout, 'release');
const facts = releaseFacts();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const arch of Object.keys(ARCHITECTURES)) {
  const name = `diskwhy-linux-${arch}`;
  const executable = path.join(checkout, 'dist', name);
  if (!existsSync(executable)) continue;
  copyFileSync(executable, path.join(folder, name));
  buildDeb(folder, executable, facts, 'xz', arch);
  buildRpm(folder, executable, facts, 'xz', arch);
}
const musl = path.join(checkout, 'dist/diskwhy-linux-x64-musl');
if (existsSync(musl)) packWithLibraries(musl);
// What it packs is built already.
execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
  cwd: checkout,
  stdio: ['ignore', 'ignore', 'inherit'],
});
const sums = readdirSync(folder).map((file) => {
  const sum = createHash('sha256').update(readFileSync(path.join(folder, file)));
  return `${sum.digest('hex')}  ${file}\n`;
});
writeFileSync(path.join(folder, 'SHA256SUMS'), sums.join(''));

/** A .tar.gz of the executable and the C++ libraries that systems of musl need not have. */
function packWithLibraries(executable: string): void {
  const libraries = `${executable}.libraries`;
  const archive = path.join(folder, `${path.basename(executable)}.tar.gz`);
  const same = ['--sort=name', `--mtime=@${facts.epoch}`, '--owner=0', '--group=0', '--numeric-owner'];
  const words = ['--create', '--use-compress-program=gzip -n', '--file', archive, ...same];
  const places = ['-C', path.dirname(executable), path.basename(executable), '-C', libraries];
  execFileSync('tar', [...words, ...places, ...readdirSync(libraries)]);
}
