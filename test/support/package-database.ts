/** Databases of package managers, written as they write them, and a program run where they are the machine's. */
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';

/** Package → absolute paths, as byte strings. */
export type PackageLists = Readonly<Record<string, readonly string[]>>;

/** @param variableState stands for /var/lib. `diversions` are from, to, package (":" for local ones). */
export function writeDpkg(
  variableState: string,
  lists: PackageLists,
  diversions: readonly (readonly [from: string, to: string, by: string])[] = [],
): void {
  mkdirSync(`${variableState}/dpkg/info`, { recursive: true });
  for (const [name, paths] of Object.entries(lists))
    writeFileSync(`${variableState}/dpkg/info/${name}.list`, ['/.', ...paths, ''].join('\n'), 'latin1');
  writeFileSync(
    `${variableState}/dpkg/diversions`,
    diversions
      .flat()
      .map((line) => `${line}\n`)
      .join(''),
    'latin1',
  );
}

/** @param lists by "name-version-release". */
export function writePacman(variableState: string, lists: PackageLists): void {
  const database = `${variableState}/pacman/local`;
  mkdirSync(database, { recursive: true });
  writeFileSync(`${database}/ALPM_DB_VERSION`, '9\n');
  for (const [name, paths] of Object.entries(lists)) {
    mkdirSync(`${database}/${name}`);
    // pacman writes no slash in front.
    const files = ['%FILES%', ...paths.map((path) => path.slice(1)), '', '%BACKUP%', 'etc/x\tabc', ''];
    writeFileSync(`${database}/${name}/files`, files.join('\n'), 'latin1');
  }
}

/** What the system's own packages list at least. */
export const shell = (): string => realpathSync('/bin/sh');

/** Runs a program with `variableState` in place of /var/lib. */
export const withState = (variableState: string): readonly string[] => [
  'unshare',
  '-m',
  'sh',
  '-c',
  'mount --bind "$1" /var/lib && shift && exec "$@"',
  'sh',
  variableState,
];

/** The same with `tree` at `place`. */
export const withStateAndTree = (variableState: string, tree: string, place: string): readonly string[] => [
  'unshare',
  '-m',
  'sh',
  '-c',
  'mount --bind "$2" "$3" && mount --bind "$1" /var/lib && shift 3 && exec "$@"',
  'sh',
  variableState,
  tree,
  place,
];
