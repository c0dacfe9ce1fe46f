/** Fetches packages that are no dependency of the program: Nodes for other machines, each by the client of its registry. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The files of an npm package, in a folder below `folder`; fetched once. */
export function fetchFromNpm(name: string, version: string, folder: string): string {
  const target = path.join(folder, path.basename(name));
  if (existsSync(target)) return target;
  mkdirSync(target);
  const archive = execFileSync('npm', ['pack', '--silent', `${name}@${version}`], {
    cwd: target,
    encoding: 'utf8',
  });
  execFileSync('tar', ['--extract', '--file', archive.trim(), '--strip-components=1'], { cwd: target });
  return target;
}

export interface Wheel {
  readonly name: string;
  readonly version: string;
  /** The machine it is for, as PyPI's file names say it (PEP 425). */
  readonly platform: string;
  /** pip refuses a file with another sum. */
  readonly sha256: string;
}

/** The files of a Python package, in a folder below `folder`. Needs python3 with pip. */
export function fetchWheel({ name, version, platform, sha256 }: Wheel, folder: string): string {
  const target = path.join(folder, platform);
  mkdirSync(target);
  const requirements = path.join(target, 'requirements.txt');
  writeFileSync(requirements, `${name}==${version} --hash=sha256:${sha256}\n`);
  const words = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--require-hashes', '--only-binary=:all:'];
  execFileSync('python3', [...words, '--platform', platform, '--requirement', requirements], {
    cwd: target,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const wheel = readdirSync(target).find((file) => file.endsWith('.whl'))!;
  execFileSync('python3', ['-m', 'zipfile', '--extract', wheel, target], { cwd: target });
  return target;
}
