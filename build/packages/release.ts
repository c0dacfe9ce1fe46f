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
