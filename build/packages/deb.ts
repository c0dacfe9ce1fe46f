/** The Debian package (deb(5), deb-control(5)). */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ARCHITECTURES, LEAST_GLIBC } from './release-facts.ts';
import type { ReleaseFacts } from './release-facts.ts';
import { CONFIGURATION, setTimes, stage } from './stage.ts';

/** Writes the package into `folder` and returns its path. Old systems know xz; none is for tests. */
export function buildDeb(
  folder: string,
  executable: string,
  facts: ReleaseFacts,
  compression: 'xz' | 'none',
  arch: string = process.arch,
): string {
  const architecture = ARCHITECTURES[arch].deb;
  const root = mkdtempSync(path.join(tmpdir(), 'diskwhy-deb-'));
  try {
    chmodSync(root, 0o755);
    stage(root, executable, 'usr/share/zsh/vendor-completions', facts.epoch);
    mkdirSync(path.join(root, 'DEBIAN'));
    writeFileSync(path.join(root, 'DEBIAN/control'), control(facts, architecture));
    writeFileSync(path.join(root, 'DEBIAN/conffiles'), `/${CONFIGURATION}\n`);
    setTimes(root, facts.epoch);
    const file = path.join(folder, `diskwhy_${facts.version}_${architecture}.deb`);
    execFileSync('dpkg-deb', ['--root-owner-group', `-Z${compression}`, '--build', root, file], {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(facts.epoch) },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return file;
  } finally {
    rmSync(root, { recursive: true });
  }
}

function control({ version, summary }: ReleaseFacts, architecture: string): string {
  return `Package: diskwhy
Version: ${version}
Architecture: ${architecture}
Maintainer: the diskwhy authors <diskwhy@localhost>
Section: admin
Priority: optional
Depends: libc6 (>= ${LEAST_GLIBC}), libstdc++6, libgcc-s1
Description: says why a disk is full, and what can be given back
 ${summary}
 .
 One executable that brings its own Node. Reports read and write nothing.
`;
}
