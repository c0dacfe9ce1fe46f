/** Jenkins: builds by job, folders included, and workspaces, which come back with the next build. */
import { joinPath } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { Action } from '../../../model/action.ts';
import type { StorePart } from '../../../model/findings/store.ts';
import type { DirectoryTree } from '../../../model/tree.ts';
import { directoriesAt, directoryPart } from '../parts.ts';
import type { Read, Reader } from '../reader.ts';
import { giving } from '../store-actions.ts';

export const jenkins: Reader = (read) => {
  const { store, tree } = read;
  const builds = buildsIn(store.directory, '' as ByteString, tree);
  const workspaces = directoriesAt(tree, store.directory, 'workspace/*');
  const others = [...tree.children(store.directory)]
    .map((directory) => ({ directory, name: tree.name(directory) }))
    .filter(({ name }) => name !== 'jobs' && name !== 'workspace');
  return {
    parts: [
      ...builds,
      ...workspaces.map(({ directory, name }) => directoryPart('workspace', name, directory, tree)),
      ...others.map(({ directory, name }) =>
        directoryPart(
          name === 'caches' ? 'cache' : name === 'logs' ? 'log' : 'directory',
          name,
          directory,
          tree,
        ),
      ),
    ],
    actions: discarding(builds, read),
    ...(builds.length > 0 ? { onlyThese: true } : {}),
  };
};

/**
 * Builds per job: jobs/JOB/builds/NUMBER, jobs in folders below jobs/FOLDER/jobs, and a branch of a multibranch job as a
 * job of its own below jobs/JOB/branches.
 */
function buildsIn(directory: number, above: ByteString, tree: DirectoryTree): StorePart[] {
  const jobs = ['jobs/*', 'branches/*'].flatMap((place) => directoriesAt(tree, directory, place));
  return jobs.flatMap(({ directory: job, name }) => {
    const full = above === '' ? name : joinPath(above, name);
    const own = directoriesAt(tree, job, 'builds').map(({ directory: builds }) => {
      const numbers = [...tree.children(builds)].filter((child) => /^\d+$/u.test(tree.name(child)));
      return directoryPart('build', full, builds, tree, { count: numbers.length });
    });
    return [...own, ...buildsIn(job, full, tree)];
  });
}

/** Which builds may go a person says. */
function discarding(builds: readonly StorePart[], { inside }: Read): Action[] {
  const [largest] = builds.toSorted((a, b) => b.diskBytes - a.diskBytes);
  if (largest?.name === undefined) return [];
  const cli = 'java -jar jenkins-cli.jar -s http://localhost:8080/ delete-builds'.split(' ');
  return [
    giving(
      'jenkins',
      { argv: [...cli, largest.name, 'FIRST-LAST'], loses: 'old-generations', hasBlanks: true },
      inside,
    ),
  ];
}
